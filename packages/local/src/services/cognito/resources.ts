import { refuse, templateValues } from '../../assembly/values.ts';
import { derivedId, LOWER_ALPHANUMERIC } from '../../core/derived-id.ts';
import type { Resource, ResourceType } from '../../core/emulated-service.ts';
import { isObject } from '../../core/json.ts';
import type { World } from '../../core/world.ts';
import type { UserPool, UserPools } from './state.ts';
import { createKeyHolder } from './tokens/signing-key.ts';

const ALPHANUMERIC = `${LOWER_ALPHANUMERIC}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;
const NO_SIGN_IN = 'users do not sign in here: the runtime issues tokens on request';

const poolOf = (pools: UserPools, resource: Resource): UserPool => {
  const pool = pools.get(String(resource.properties.UserPoolId));
  if (!pool)
    throw refuse(
      resource,
      `the user pool ${String(resource.properties.UserPoolId)} is not there`,
      'correct UserPoolId',
    );
  return pool;
};

const identifyPool = (world: World, { stack, logicalId }: Resource) => {
  const ref = `${world.region}_${derivedId(9, ALPHANUMERIC, stack, logicalId)}`;
  const provider = `cognito-idp.${world.region}.amazonaws.com/${ref}`;
  return {
    ref,
    attributes: {
      Arn: `arn:${world.partition}:cognito-idp:${world.region}:${world.account}:userpool/${ref}`,
      ProviderName: provider,
      ProviderURL: `https://${provider}`,
      UserPoolId: ref,
    },
  };
};

export const userPoolResource = (world: World, pools: UserPools): ResourceType => ({
  type: 'AWS::Cognito::UserPool',
  honoured: ['UserPoolName'],
  notEmulated: { '*': NO_SIGN_IN },
  identify: (resource) => identifyPool(world, resource),
  create: (resource) => {
    const { ref: id, attributes } = identifyPool(world, resource);
    const name = String(resource.properties.UserPoolName ?? resource.logicalId);
    const keys = createKeyHolder(id, world.keepFolder);
    pools.set(id, { id, name, issuer: attributes.ProviderURL, keys, clients: [], scopes: [], groups: [] });
  },
});

const SECONDS_OF: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };

const accessTokenSeconds = (resource: Resource): number => {
  const values = templateValues(resource);
  const unit = templateValues(resource, values.object('TokenValidityUnits')).text('AccessToken') ?? 'hours';
  const seconds = SECONDS_OF[unit];
  if (seconds === undefined) {
    const units = Object.keys(SECONDS_OF).join(', ');
    throw refuse(resource, `TokenValidityUnits.AccessToken '${unit}' is not a unit`, `choose one of ${units}`);
  }
  const validity = values.number('AccessTokenValidity');
  return validity === undefined ? (SECONDS_OF.hours ?? 3_600) : validity * seconds;
};

const clientIdOf = ({ stack, logicalId }: Resource) => derivedId(26, LOWER_ALPHANUMERIC, stack, logicalId);

export const userPoolClientResource = (pools: UserPools): ResourceType => ({
  type: 'AWS::Cognito::UserPoolClient',
  honoured: ['UserPoolId', 'ClientName', 'AccessTokenValidity', 'TokenValidityUnits.AccessToken'],
  notEmulated: { '*': NO_SIGN_IN },
  identify: (resource) => {
    const id = clientIdOf(resource);
    const name = String(resource.properties.ClientName ?? resource.logicalId);
    return { ref: id, attributes: { ClientId: id, Name: name } };
  },
  repeatable: true,
  create: (resource) => {
    const client = { id: clientIdOf(resource), accessTokenSeconds: accessTokenSeconds(resource) };
    const { clients } = poolOf(pools, resource);
    const known = clients.findIndex(({ id }) => id === client.id);
    clients.splice(known < 0 ? clients.length : known, 1, client);
  },
});

export const resourceServerResource = (pools: UserPools): ResourceType => ({
  type: 'AWS::Cognito::UserPoolResourceServer',
  honoured: ['UserPoolId', 'Identifier', 'Name', 'Scopes.ScopeName'],
  notEmulated: { 'Scopes.ScopeDescription': 'documentation only' },
  identify: ({ properties }) => ({ ref: String(properties.Identifier), attributes: {} }),
  repeatable: true,
  create: (resource) => {
    const { Identifier: identifier, Scopes: scopes } = resource.properties;
    const { scopes: known } = poolOf(pools, resource);
    const others = known.filter((scope) => !scope.startsWith(`${String(identifier)}/`));
    known.splice(0, known.length, ...others);
    for (const scope of Array.isArray(scopes) ? scopes : []) {
      if (isObject(scope)) known.push(`${String(identifier)}/${String(scope.ScopeName)}`);
    }
  },
});

export const userPoolGroupResource = (pools: UserPools): ResourceType => ({
  type: 'AWS::Cognito::UserPoolGroup',
  honoured: ['UserPoolId', 'GroupName'],
  notEmulated: {
    Description: 'documentation only',
    Precedence: 'groups choose no role here',
    RoleArn: 'groups choose no role here',
  },
  identify: ({ logicalId, properties }) => ({ ref: String(properties.GroupName ?? logicalId), attributes: {} }),
  create: (resource) => {
    poolOf(pools, resource).groups.push(String(resource.properties.GroupName ?? resource.logicalId));
  },
});

export const userPoolDomainResource: ResourceType = {
  type: 'AWS::Cognito::UserPoolDomain',
  honoured: ['UserPoolId', 'Domain'],
  notEmulated: { '*': 'there are no hosted sign-in pages' },
  identify: ({ properties }) => ({ ref: String(properties.Domain), attributes: { CloudFrontDistribution: '' } }),
};
