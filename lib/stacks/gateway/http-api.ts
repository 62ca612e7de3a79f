import { Duration, Stack } from 'aws-cdk-lib';
import { CfnApi, CfnAuthorizer, CfnIntegration, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { INTEGRATION_TIMEOUT_MS } from '../../constructs/api/api-route.ts';
import type { SharedApi } from '../../constructs/api/shared-api.ts';
import type { ServiceFunction } from '../../constructs/functions/service-function.ts';

/**
 * Pages of any origin may call: what a caller may do follows from the token in a header, which a page has to have, and not
 * from a cookie, which a browser would send along by itself.
 */
const cors: CfnApi.CorsProperty = {
  allowOrigins: ['*'],
  allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowHeaders: [
    'authorization',
    'content-type',
    'idempotency-key',
    'if-match',
    'if-none-match',
    'traceparent',
    'x-correlation-id',
  ],
  exposeHeaders: [
    'allow',
    'deprecation',
    'etag',
    'link',
    'location',
    'ratelimit',
    'ratelimit-policy',
    'retry-after',
    'sunset',
    'www-authenticate',
    'x-correlation-id',
  ],
  maxAge: Duration.hours(1).toSeconds(),
};

export interface HttpApiProps {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
}

/** The API that every service adds its routes to, and the authorizer that stands before them. */
export class HttpApi extends Construct implements SharedApi {
  readonly apiId: string;
  readonly endpoint: string;
  readonly authorizerId: string;

  constructor(scope: Construct, id: string, { name, issuer, clientId }: HttpApiProps) {
    super(scope, id);
    const api = new CfnApi(this, 'Api', { name, protocolType: 'HTTP', corsConfiguration: cors });
    this.apiId = api.ref;
    this.endpoint = api.attrApiEndpoint;
    this.authorizerId = new CfnAuthorizer(this, 'Authorizer', {
      apiId: this.apiId,
      name: `${name}-jwt`,
      authorizerType: 'JWT',
      identitySource: ['$request.header.Authorization'],
      jwtConfiguration: { issuer, audience: [clientId] },
    }).ref;
  }

  /** Sends what no route takes to a function, which sees the path as it was asked for. */
  addDefaultRoute(target: ServiceFunction): void {
    const integration = new CfnIntegration(this, 'DefaultIntegration', {
      apiId: this.apiId,
      integrationType: 'AWS_PROXY',
      integrationMethod: 'POST',
      integrationUri: target.alias.functionArn,
      payloadFormatVersion: '2.0',
      timeoutInMillis: INTEGRATION_TIMEOUT_MS,
    });
    new CfnRoute(this, 'DefaultRoute', {
      apiId: this.apiId,
      routeKey: '$default',
      authorizationType: 'NONE',
      target: `integrations/${integration.ref}`,
    });
    new CfnPermission(this, 'DefaultPermission', {
      action: 'lambda:InvokeFunction',
      functionName: target.alias.functionArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: Stack.of(this).formatArn({ service: 'execute-api', resource: this.apiId, resourceName: '*/*' }),
    });
  }
}
