import type { EmulatedService } from '../../src/core/emulated-service.ts';
import type { JsonObject } from '../../src/core/json.ts';

export const createPool = async (cognito: EmulatedService) => {
  const create = async (logicalId: string, type: string, properties: JsonObject) => {
    const owner = cognito.resourceTypes.find((one) => one.type === type);
    if (!owner) throw new Error(`no resource type ${type}`);
    const resource = { stack: 'platform', logicalId, type, properties, metadata: {} };
    const identity = owner.identify(resource);
    await owner.create?.({ ...resource, identity });
    return identity;
  };
  const pool = await create('Pool', 'AWS::Cognito::UserPool', { UserPoolName: 'users' });
  const client = await create('Client', 'AWS::Cognito::UserPoolClient', {
    UserPoolId: pool.ref,
    AccessTokenValidity: 30,
    TokenValidityUnits: { AccessToken: 'minutes' },
  });
  await create('Server', 'AWS::Cognito::UserPoolResourceServer', {
    UserPoolId: pool.ref,
    Identifier: 'orders',
    Name: 'orders',
    Scopes: [{ ScopeName: 'read' }, { ScopeName: 'write' }],
  });
  return {
    id: pool.ref,
    arn: String(pool.attributes.Arn),
    issuer: String(pool.attributes.ProviderURL),
    clientId: client.ref,
  };
};
