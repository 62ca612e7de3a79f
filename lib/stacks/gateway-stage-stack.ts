import { CfnOutput } from 'aws-cdk-lib';
import { CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { publicPaths } from '../constructs/api-route.ts';
import type { SharedApi } from '../constructs/shared-api.ts';
import { apis } from './apis.ts';
import { accessLogFormat } from './gateway/access-log.ts';
import { routeThrottles } from './gateway/route-throttles.ts';
import { ServiceStack, type ServiceStackProps } from './service-stack.ts';

export interface GatewayStageStackProps extends ServiceStackProps {
  readonly api: SharedApi;
}

/**
 * The API's one stage: throttles and access log. It is a stack of its own, deployed after those that own routes, because
 * API Gateway refuses settings of a route that is not there yet.
 */
export class GatewayStageStack extends ServiceStack {
  constructor(scope: Construct, { api, ...props }: GatewayStageStackProps) {
    super(scope, 'gateway', props, 'gateway-stage');
    const { prefix, logs, api: settings } = props.stage;
    const logGroupName = `/aws/vendedlogs/http-api/${prefix}`;
    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName,
      retention: logs.retention,
      removalPolicy: logs.removalPolicy,
    });
    const stage = new CfnStage(this, 'Stage', {
      apiId: api.apiId,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: {
        destinationArn: this.formatArn({ service: 'logs', resource: `log-group:${logGroupName}` }),
        format: accessLogFormat,
      },
      defaultRouteSettings: {
        throttlingRateLimit: settings.throttle.rate,
        throttlingBurstLimit: settings.throttle.burst,
        detailedMetricsEnabled: settings.routeMetrics,
      },
      routeSettings: routeThrottles(apis, publicPaths, settings.routeMetrics),
    });
    stage.node.addDependency(accessLog);
    new CfnOutput(this, 'Url', { value: api.endpoint, description: 'Base URL of the API.' });
  }
}
