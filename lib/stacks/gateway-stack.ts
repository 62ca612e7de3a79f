import type { Construct } from 'constructs';
import { gatewayApi } from '../../functions/gateway/api.contract.ts';
import { readinessEnvironment } from '../../functions/gateway/environment.ts';
import { ServiceApi } from '../constructs/api/service-api.ts';
import type { SharedApi } from '../constructs/api/shared-api.ts';
import { grantDiscover } from '../constructs/calls/registry-grants.ts';
import { grantCheckDeployments } from '../constructs/functions/deployment-hook.ts';
import { noVariables } from '../constructs/functions/no-variables.ts';
import { ServiceFunction } from '../constructs/functions/service-function.ts';
import { forDeploymentHook, forRoute } from './function-sizes.ts';
import { HttpApi } from './gateway/http-api.ts';
import { ServiceStack, type ServiceStackProps } from './service-stack.ts';

export interface GatewayStackProps extends ServiceStackProps {
  readonly issuer: string;
  readonly clientId: string;
  /** The registered services without which the system is not ready. */
  readonly services: readonly string[];
}

/** The way in: the API, its authorizer, what it says of itself, and an answer to whatever no service takes. */
export class GatewayStack extends ServiceStack {
  readonly api: SharedApi;

  constructor(scope: Construct, { issuer, clientId, services, ...props }: GatewayStackProps) {
    super(scope, 'gateway', props);
    const { owner } = this;
    const { prefix } = props.stage;
    const api = new HttpApi(this, 'Http', { name: prefix, issuer, clientId });
    const route = (name: string) => new ServiceFunction(this, name, { owner, environment: noVariables, ...forRoute });

    api.addDefaultRoute(route('default-route'));
    const ready = new ServiceFunction(this, 'health-ready', {
      owner,
      environment: { contract: readinessEnvironment, values: { services: services.join(',') } },
      ...forRoute,
    });
    grantDiscover(ready, owner);
    const functions = { 'health-live': route('health-live'), 'health-ready': ready, openapi: route('openapi') };
    new ServiceApi(this, 'Routes', { api, contract: gatewayApi, functions });
    if (props.stage.rollout !== 'all at once') {
      const name = 'check-deployment';
      const hook = new ServiceFunction(this, name, { owner, environment: noVariables, ...forDeploymentHook });
      grantCheckDeployments(hook, owner);
    }
    this.api = api;
  }
}
