import { Stack } from 'aws-cdk-lib';
import { CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Owner } from '../owner.ts';

/** As CloudFormation spells the settings of one route; what is left out would fall back to AWS's default, not the stage's. */
export interface RouteSettings {
  readonly ThrottlingRateLimit: number;
  readonly ThrottlingBurstLimit: number;
  readonly DetailedMetricsEnabled: boolean;
}

export interface ApiStageProps {
  readonly owner: Owner;
  readonly apiId: string;
  /** By route key. */
  readonly routeSettings: Readonly<Record<string, RouteSettings>>;
}

/** One JSON object a request: enough to follow it, nothing of who asked or what they sent. A path can name a user. */
const ACCESS_LOG = JSON.stringify({
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  routeKey: '$context.routeKey',
  httpMethod: '$context.httpMethod',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
});

/** What an API lets in at most, and the record of what it let in. */
export class ApiStage extends Construct {
  constructor(scope: Construct, id: string, { owner, apiId, routeSettings }: ApiStageProps) {
    super(scope, id);
    const { prefix, logs, api } = owner.stage;
    // Below this prefix a log group needs no resource policy, of which an account may have ten.
    const logGroupName = `/aws/vendedlogs/${prefix}-${owner.service}`;
    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName,
      retention: logs.retention,
      removalPolicy: logs.removalPolicy,
    });
    const stage = new CfnStage(this, 'Stage', {
      apiId,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: {
        destinationArn: Stack.of(this).formatArn({ service: 'logs', resource: `log-group:${logGroupName}` }),
        format: ACCESS_LOG,
      },
      defaultRouteSettings: {
        throttlingRateLimit: api.throttle.rate,
        throttlingBurstLimit: api.throttle.burst,
        detailedMetricsEnabled: api.routeMetrics,
      },
      routeSettings,
    });
    stage.node.addDependency(accessLog);
  }
}
