import type { ResourceType } from '../../../core/emulated-service.ts';
import type { Json } from '../../../core/json.ts';
import { numberOf, objectOf, textOf } from '../resource-values.ts';
import type { Declarations } from '../state.ts';
import type { ThrottleSettings } from '../token-bucket.ts';

/** What an account gets where a stage sets only one of the two (API Gateway quotas). */
const ACCOUNT_BURST = 5_000;
const ACCOUNT_RATE_PER_SECOND = 10_000;

const throttleOf = (value: Json | undefined): ThrottleSettings | undefined => {
  const settings = objectOf(value);
  const burst = numberOf(settings.ThrottlingBurstLimit);
  const ratePerSecond = numberOf(settings.ThrottlingRateLimit);
  if (burst === undefined && ratePerSecond === undefined) return undefined;
  return { burst: burst ?? ACCOUNT_BURST, ratePerSecond: ratePerSecond ?? ACCOUNT_RATE_PER_SECOND };
};

export const stageResource = (declared: Declarations, changed: (apiId: string) => void): ResourceType => ({
  type: 'AWS::ApiGatewayV2::Stage',
  honoured: [
    'ApiId',
    'StageName',
    'AutoDeploy',
    'StageVariables',
    'DefaultRouteSettings.ThrottlingBurstLimit',
    'DefaultRouteSettings.ThrottlingRateLimit',
    'RouteSettings',
    'AccessLogSettings.Format',
    'AccessLogSettings.DestinationArn',
  ],
  notEmulated: {
    DeploymentId: 'the routes of the templates are always the deployed ones',
    Description: 'documentation only',
    'DefaultRouteSettings.DetailedMetricsEnabled': 'there are no CloudWatch metrics',
    Tags: 'tags have no effect',
  },
  identify: ({ properties }) => ({ ref: textOf(properties.StageName), attributes: {} }),
  repeatable: true,
  create: ({ properties }) => {
    const apiId = textOf(properties.ApiId);
    const name = textOf(properties.StageName);
    const throttleByRouteKey = new Map<string, ThrottleSettings>();
    for (const [routeKey, settings] of Object.entries(objectOf(properties.RouteSettings))) {
      const throttle = throttleOf(settings);
      if (throttle) throttleByRouteKey.set(routeKey, throttle);
    }
    const { Format: format } = objectOf(properties.AccessLogSettings);
    declared.stages.set(`${apiId}/${name}`, {
      apiId,
      name,
      variables: properties.StageVariables === undefined ? undefined : objectOf(properties.StageVariables),
      defaultThrottle: throttleOf(properties.DefaultRouteSettings),
      throttleByRouteKey,
      accessLogFormat: format === undefined ? undefined : textOf(format),
    });
    changed(apiId);
  },
  remove: ({ properties }) => {
    const apiId = textOf(properties.ApiId);
    declared.stages.delete(`${apiId}/${textOf(properties.StageName)}`);
    changed(apiId);
  },
});
