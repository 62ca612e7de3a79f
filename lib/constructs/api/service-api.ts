import { Construct } from 'constructs';
import type { ApiContract, RouteContract } from '../../../functions/kernel/messages/contract.ts';
import { operationsOf } from '../../../functions/kernel/messages/operations.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import { ApiRoute } from './api-route.ts';
import type { SharedApi } from './shared-api.ts';

export interface ServiceApiProps<Routes extends Readonly<Record<string, RouteContract>>> {
  readonly api: SharedApi;
  readonly contract: ApiContract<Routes>;
  /** The function of every route of the contract; all versions of a route have one. */
  readonly functions: { readonly [Name in keyof Routes]: ServiceFunction };
}

/** A service's contract as routes of the shared API. */
export class ServiceApi<Routes extends Readonly<Record<string, RouteContract>>> extends Construct {
  constructor(scope: Construct, id: string, { api, contract, functions }: ServiceApiProps<Routes>) {
    super(scope, id);
    for (const route of operationsOf(contract)) {
      const { name, version } = route;
      const target: ServiceFunction | undefined = functions[name];
      if (target === undefined) throw new Error(`route ${name} of ${contract.service} has no function`);
      new ApiRoute(this, version === 1 ? name : `${name}-v${version}`, { api, route, target });
    }
  }
}
