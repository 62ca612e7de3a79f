import { derivedId, LOWER_ALPHANUMERIC } from '../../../core/derived-id.ts';
import type { Resource, ResourceType } from '../../../core/emulated-service.ts';
import { compileRequestMapping } from '../request/request-mapping.ts';
import { listOf, numberOf, objectOf, textOf } from '../resource-values.ts';
import type { Declarations, Route } from '../state.ts';

const identify = ({ stack, logicalId, type }: Resource) => {
  const ref = derivedId(7, LOWER_ALPHANUMERIC, type, stack, logicalId);
  return { ref, attributes: { [`${type.split('::').at(-1)}Id`]: ref } };
};

/** A function's ARN, also out of `arn:aws:apigateway:<region>:lambda:path/2015-03-31/functions/<arn>/invocations`. */
const functionArnOf = (uri: string): string =>
  /^arn:[^:]+:apigateway:[^:]*:lambda:path\/.*\/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;

const MAX_TIMEOUT_MS = 30_000;

export const integrationResource = (declared: Declarations, changed: (apiId: string) => void): ResourceType => ({
  type: 'AWS::ApiGatewayV2::Integration',
  honoured: [
    'ApiId',
    'IntegrationType',
    'IntegrationUri',
    'PayloadFormatVersion',
    'RequestParameters',
    'TimeoutInMillis',
  ],
  notEmulated: {
    ConnectionType: 'nothing is reached through a VPC link',
    CredentialsArn: 'the gateway invokes functions without a role',
    Description: 'documentation only',
    IntegrationMethod: 'functions are always invoked by POST',
  },
  identify,
  repeatable: true,
  create: (resource) => {
    const { logicalId, properties } = resource;
    const type = textOf(properties.IntegrationType);
    const uri = functionArnOf(textOf(properties.IntegrationUri));
    if (type !== 'AWS_PROXY' || !uri.includes(':lambda:')) {
      throw new Error(`${logicalId}: only AWS_PROXY integrations of Lambda functions are emulated, not ${type} ${uri}`);
    }
    const payloadFormat = properties.PayloadFormatVersion;
    if (payloadFormat !== '2.0') {
      throw new Error(`${logicalId}: PayloadFormatVersion ${textOf(payloadFormat) || '1.0'} is not emulated, only 2.0`);
    }
    const timeoutMs = numberOf(properties.TimeoutInMillis) ?? MAX_TIMEOUT_MS;
    if (timeoutMs < 50 || timeoutMs > MAX_TIMEOUT_MS) {
      throw new Error(`${logicalId}: TimeoutInMillis ${timeoutMs} is not between 50 and ${MAX_TIMEOUT_MS}`);
    }
    const mapping = compileRequestMapping(objectOf(properties.RequestParameters));
    const { ref: id } = identify(resource);
    declared.integrations.set(id, { id, functionName: uri, timeoutMs, mapping });
    changed(textOf(properties.ApiId));
  },
  remove: (resource) => {
    declared.integrations.delete(identify(resource).ref);
    changed(textOf(resource.properties.ApiId));
  },
});

const authorizationTypeOf = (logicalId: string, value: string): Route['authorizationType'] => {
  if (value === '' || value === 'NONE') return 'NONE';
  if (value === 'JWT' || value === 'AWS_IAM') return value;
  throw new Error(`${logicalId}: AuthorizationType ${value} is not emulated, only NONE, JWT and AWS_IAM`);
};

export const routeResource = (declared: Declarations, changed: (apiId: string) => void): ResourceType => ({
  type: 'AWS::ApiGatewayV2::Route',
  honoured: ['ApiId', 'RouteKey', 'Target', 'AuthorizationType', 'AuthorizerId', 'AuthorizationScopes'],
  notEmulated: { OperationName: 'documentation only' },
  identify,
  repeatable: true,
  create: (resource) => {
    const { logicalId, properties } = resource;
    const apiId = textOf(properties.ApiId);
    declared.routes.set(identify(resource).ref, {
      apiId,
      routeKey: textOf(properties.RouteKey),
      authorizationType: authorizationTypeOf(logicalId, textOf(properties.AuthorizationType)),
      authorizerId: properties.AuthorizerId === undefined ? undefined : textOf(properties.AuthorizerId),
      scopes: listOf(properties.AuthorizationScopes),
      integrationId: textOf(properties.Target).replace(/^integrations\//, ''),
    });
    changed(apiId);
  },
  remove: (resource) => {
    declared.routes.delete(identify(resource).ref);
    changed(textOf(resource.properties.ApiId));
  },
});

export const authorizerResource = (declared: Declarations, changed: (apiId: string) => void): ResourceType => ({
  type: 'AWS::ApiGatewayV2::Authorizer',
  honoured: [
    'ApiId',
    'AuthorizerType',
    'Name',
    'IdentitySource',
    'JwtConfiguration.Issuer',
    'JwtConfiguration.Audience',
  ],
  identify,
  repeatable: true,
  create: (resource) => {
    const { logicalId, properties } = resource;
    if (properties.AuthorizerType !== 'JWT') {
      throw new Error(`${logicalId}: AuthorizerType ${textOf(properties.AuthorizerType)} is not emulated, only JWT`);
    }
    const { ref: id } = identify(resource);
    const jwt = objectOf(properties.JwtConfiguration);
    declared.authorizers.set(id, {
      id,
      name: textOf(properties.Name),
      identitySource: listOf(properties.IdentitySource)[0] ?? '$request.header.Authorization',
      issuer: textOf(jwt.Issuer),
      audience: listOf(jwt.Audience),
    });
    changed(textOf(properties.ApiId));
  },
  remove: (resource) => {
    declared.authorizers.delete(identify(resource).ref);
    changed(textOf(resource.properties.ApiId));
  },
});
