import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ApiStage } from '../../constructs/api/api-stage.ts';
import type { SharedApi } from '../../constructs/api/shared-api.ts';
import { ServiceStack, type ServiceStackProps } from '../service-stack.ts';
import { apisOf } from '../stage-services.ts';
import { routeThrottles } from './route-throttles.ts';

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
    const routeSettings = routeThrottles(apisOf(props.stage), props.stage.api);
    new ApiStage(this, 'Default', { owner: this.owner, apiId: api.apiId, routeSettings });
    new CfnOutput(this, 'Url', { value: api.endpoint, description: 'Base URL of the API.' });
  }
}
