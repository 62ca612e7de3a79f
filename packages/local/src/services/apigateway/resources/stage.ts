import { objectOf, type TemplateValues, templateValues } from '../../../assembly/values.ts';
import type { ResourceType } from '../../../core/emulated-service.ts';
import type { Json } from '../../../core/json.ts';
import type { Declarations } from '../state.ts';
import type { ThrottleSettings } from '../token-bucket.ts';

/** What an account gets where a stage sets only one of the two (API Gateway quotas). */
const ACCOUNT_BURST = 5_000;
const ACCOUNT_RATE_PER_SECOND = 10_000;

const throttleOf = (settings: TemplateValues): ThrottleSettings | undefined => {
  const burst = settings.number('ThrottlingBurstLimit');
  const ratePerSecond = settings.number('ThrottlingRateLimit');
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
  identify: (resource) => ({ ref: templateValues(resource).requiredText('StageName'), attributes: {} }),
  repeatable: true,
  create: (resource) => {
    const values = templateValues(resource);
    const apiId = values.requiredText('ApiId');
    const name = values.requiredText('StageName');
    const settingsOf = (settings: Json | undefined) => throttleOf(templateValues(resource, objectOf(settings)));
    const throttleByRouteKey = new Map<string, ThrottleSettings>();
    for (const [routeKey, settings] of Object.entries(values.object('RouteSettings'))) {
      const throttle = settingsOf(settings);
      if (throttle) throttleByRouteKey.set(routeKey, throttle);
    }
    const { StageVariables, DefaultRouteSettings } = resource.properties;
    declared.stages.set(`${apiId}/${name}`, {
      apiId,
      name,
      variables: StageVariables === undefined ? undefined : objectOf(StageVariables),
      defaultThrottle: settingsOf(DefaultRouteSettings),
      throttleByRouteKey,
      accessLogFormat: templateValues(resource, values.object('AccessLogSettings')).text('Format'),
    });
    changed(apiId);
  },
  remove: (resource) => {
    const values = templateValues(resource);
    const apiId = values.requiredText('ApiId');
    declared.stages.delete(`${apiId}/${values.requiredText('StageName')}`);
    changed(apiId);
  },
});
