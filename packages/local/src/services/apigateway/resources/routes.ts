import { refuse, templateValues } from '../../../assembly/values.ts';
import { derivedId, LOWER_ALPHANUMERIC } from '../../../core/derived-id.ts';
import type { Resource, ResourceType } from '../../../core/emulated-service.ts';
import { IDENTITY_SOURCE } from '../authorize/jwt-authorizer.ts';
import { compileRequestMapping } from '../request/request-mapping.ts';
import { routeKeyProblem } from '../route-table.ts';
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
    const values = templateValues(resource);
    const type = values.text('IntegrationType') ?? '';
    const uri = functionArnOf(values.text('IntegrationUri') ?? '');
    if (type !== 'AWS_PROXY' || !uri.includes(':lambda:')) {
      const what = `only AWS_PROXY integrations of Lambda functions are emulated, not ${type} ${uri}`;
      throw refuse(resource, what, 'integrate a Lambda function');
    }
    const payloadFormat = values.text('PayloadFormatVersion') ?? '1.0';
    if (payloadFormat !== '2.0') {
      throw refuse(resource, `PayloadFormatVersion ${payloadFormat} is not emulated, only 2.0`, 'set it to 2.0');
    }
    const timeoutMs = values.number('TimeoutInMillis') ?? MAX_TIMEOUT_MS;
    if (timeoutMs < 50 || timeoutMs > MAX_TIMEOUT_MS) {
      const what = `TimeoutInMillis ${timeoutMs} is not between 50 and ${MAX_TIMEOUT_MS}`;
      throw refuse(resource, what, 'choose a time that API Gateway takes');
    }
    const mapping = compileRequestMapping(values.object('RequestParameters'), (what) =>
      refuse(resource, what, 'use a parameter and a value that HTTP APIs map and that is emulated'),
    );
    const { ref: id } = identify(resource);
    declared.integrations.set(id, { id, functionName: uri, timeoutMs, mapping });
    changed(values.requiredText('ApiId'));
  },
  remove: (resource) => {
    declared.integrations.delete(identify(resource).ref);
    changed(templateValues(resource).requiredText('ApiId'));
  },
});

const authorizationTypeOf = (resource: Resource): Route['authorizationType'] => {
  const type = templateValues(resource).text('AuthorizationType') ?? 'NONE';
  if (type === 'NONE' || type === 'JWT' || type === 'AWS_IAM') return type;
  const what = `AuthorizationType ${type} is not emulated, only NONE, JWT and AWS_IAM`;
  throw refuse(resource, what, 'choose one of these, or check the caller in the function');
};

/** `<METHOD> /<path>` or `$default`; a greedy parameter stands at the end. */
const routeKeyOf = (resource: Resource): string => {
  const routeKey = templateValues(resource).requiredText('RouteKey');
  const problem = routeKeyProblem(routeKey);
  if (problem !== undefined) throw refuse(resource, problem, 'correct RouteKey');
  return routeKey;
};

export const routeResource = (declared: Declarations, changed: (apiId: string) => void): ResourceType => ({
  type: 'AWS::ApiGatewayV2::Route',
  honoured: ['ApiId', 'RouteKey', 'Target', 'AuthorizationType', 'AuthorizerId', 'AuthorizationScopes'],
  notEmulated: { OperationName: 'documentation only' },
  identify,
  repeatable: true,
  create: (resource) => {
    const values = templateValues(resource);
    const apiId = values.requiredText('ApiId');
    declared.routes.set(identify(resource).ref, {
      apiId,
      routeKey: routeKeyOf(resource),
      authorizationType: authorizationTypeOf(resource),
      authorizerId: values.text('AuthorizerId'),
      scopes: values.list('AuthorizationScopes').map(String),
      integrationId: (values.text('Target') ?? '').replace(/^integrations\//, ''),
    });
    changed(apiId);
  },
  remove: (resource) => {
    declared.routes.delete(identify(resource).ref);
    changed(templateValues(resource).requiredText('ApiId'));
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
    const values = templateValues(resource);
    const type = values.text('AuthorizerType') ?? 'none';
    if (type !== 'JWT') {
      throw refuse(resource, `AuthorizerType ${type} is not emulated, only JWT`, 'use a JWT or an IAM authorizer');
    }
    const source = String(values.list('IdentitySource')[0] ?? '$request.header.Authorization');
    if (!IDENTITY_SOURCE.test(source)) {
      const what = `the identity source '${source}' is neither $request.header.<name> nor $request.querystring.<name>`;
      throw refuse(resource, what, 'correct IdentitySource');
    }
    const { ref: id } = identify(resource);
    const jwt = templateValues(resource, values.object('JwtConfiguration'));
    declared.authorizers.set(id, {
      id,
      name: values.text('Name') ?? '',
      identitySource: source,
      issuer: jwt.text('Issuer') ?? '',
      audience: jwt.list('Audience').map(String),
    });
    changed(values.requiredText('ApiId'));
  },
  remove: (resource) => {
    declared.authorizers.delete(identify(resource).ref);
    changed(templateValues(resource).requiredText('ApiId'));
  },
});
