import { Stack } from 'aws-cdk-lib';
import { CfnIntegration, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { methodsOf, type Operation, publicPaths } from '../../../functions/kernel/messages/operations.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { SharedApi } from './shared-api.ts';

export interface ApiRouteProps {
  readonly api: SharedApi;
  readonly route: Pick<Operation, 'method' | 'path' | 'access' | 'version'>;
  readonly target: ServiceFunction;
}

/** The gateway waits longer than any function may take, and answers before its own limit of 30 s. */
export const INTEGRATION_TIMEOUT_MS = 29_000;

/** `/users/{id}` → `/api/users/$request.path.id`: the service's own path, by which it also knows the version. */
const ownPath = (route: ApiRouteProps['route']): string =>
  `/api${(publicPaths(route)[0] ?? route.path).replace(/\{(\w+)\}/g, '$request.path.$1')}`;

/** `/orders` → `Current`, `/v2/orders` → `V2`; ids that must stay, since a route is replaced with its id. */
const idOf = (publicPath: string, { path, version }: ApiRouteProps['route']): string =>
  publicPath === path ? 'Current' : `V${version}`;

const requireAuthorizer = ({ authorizerId }: SharedApi, { method, path }: ApiRouteProps['route']): string => {
  if (authorizerId === undefined) throw new Error(`${method} ${path} is not public, but its API has no authorizer`);
  return authorizerId;
};

/** Machines sign their requests; IAM says which of them may call a route. */
const authorizationOf = (api: SharedApi, route: ApiRouteProps['route']) => {
  const { access } = route;
  if (access === 'public') return { authorizationType: 'NONE' };
  if (access === 'machines') return { authorizationType: 'AWS_IAM' };
  const authorizerId = requireAuthorizer(api, route);
  return { authorizationType: 'JWT', authorizerId, authorizationScopes: [...access.scopes] };
};

/** One operation of a contract under each of its names, rewritten to the service's own path. */
export class ApiRoute extends Construct {
  constructor(scope: Construct, id: string, { api, route, target: fn }: ApiRouteProps) {
    super(scope, id);
    const { method } = route;
    const integration = new CfnIntegration(this, 'Integration', {
      apiId: api.apiId,
      integrationType: 'AWS_PROXY',
      integrationMethod: 'POST',
      integrationUri: fn.alias.functionArn,
      payloadFormatVersion: '2.0',
      timeoutInMillis: INTEGRATION_TIMEOUT_MS,
      requestParameters: { 'overwrite:path': ownPath(route) },
    });
    const authorization = authorizationOf(api, route);
    const target = `integrations/${integration.ref}`;
    for (const publicPath of publicPaths(route)) {
      const name = idOf(publicPath, route);
      for (const asked of methodsOf(route)) {
        const routeKey = `${asked} ${publicPath}`;
        new CfnRoute(this, asked === method ? `${name}Route` : `${name}HeadRoute`, {
          apiId: api.apiId,
          routeKey,
          target,
          ...authorization,
        });
      }
      new CfnPermission(this, `${name}Permission`, {
        action: 'lambda:InvokeFunction',
        functionName: fn.alias.functionArn,
        principal: 'apigateway.amazonaws.com',
        sourceArn: Stack.of(this).formatArn({
          service: 'execute-api',
          resource: api.apiId,
          resourceName: `*/*${publicPath}`,
        }),
      });
    }
  }
}
