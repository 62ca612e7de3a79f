import { Stack } from 'aws-cdk-lib';
import { CfnIntegration, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { RouteContract } from '../../../functions/kernel/messages/contract.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { SharedApi } from './shared-api.ts';

export interface ApiRouteProps {
  readonly api: SharedApi;
  readonly route: Pick<RouteContract, 'method' | 'path' | 'access'>;
  readonly target: ServiceFunction;
}

/** The gateway waits longer than any function may take, and answers before its own limit of 30 s. */
export const INTEGRATION_TIMEOUT_MS = 29_000;

/** The name of the current major; the unversioned name means the same. */
const VERSION = '/v1';

export const publicPaths = (path: string): readonly string[] => [path, `${VERSION}${path}`];

/** `/users/{id}` → `/api/users/$request.path.id`: the service's own path, whatever the gateway calls it. */
const ownPath = (path: string): string => `/api${path.replace(/\{(\w+)\}/g, '$request.path.$1')}`;

const requireAuthorizer = ({ authorizerId }: SharedApi, { method, path }: ApiRouteProps['route']): string => {
  if (authorizerId === undefined) throw new Error(`${method} ${path} is not public, but its API has no authorizer`);
  return authorizerId;
};

/** One operation of a contract under both its names, rewritten to the service's own path. */
export class ApiRoute extends Construct {
  constructor(scope: Construct, id: string, { api, route, target }: ApiRouteProps) {
    super(scope, id);
    const { method, path, access } = route;
    const integration = new CfnIntegration(this, 'Integration', {
      apiId: api.apiId,
      integrationType: 'AWS_PROXY',
      integrationMethod: 'POST',
      integrationUri: target.alias.functionArn,
      payloadFormatVersion: '2.0',
      timeoutInMillis: INTEGRATION_TIMEOUT_MS,
      requestParameters: { 'overwrite:path': ownPath(path) },
    });
    for (const [version, publicPath] of Object.entries({ Current: path, V1: `${VERSION}${path}` })) {
      new CfnRoute(this, `${version}Route`, {
        apiId: api.apiId,
        routeKey: `${method} ${publicPath}`,
        target: `integrations/${integration.ref}`,
        ...(access === 'public'
          ? { authorizationType: 'NONE' }
          : {
              authorizationType: 'JWT',
              authorizerId: requireAuthorizer(api, route),
              authorizationScopes: [...access.scopes],
            }),
      });
      new CfnPermission(this, `${version}Permission`, {
        action: 'lambda:InvokeFunction',
        functionName: target.alias.functionArn,
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
