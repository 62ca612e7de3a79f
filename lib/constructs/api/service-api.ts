import { Construct } from 'constructs';
import type { ApiContract, RouteContract } from '../../../functions/kernel/messages/contract.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import { ApiRoute } from './api-route.ts';
import type { SharedApi } from './shared-api.ts';

export interface ServiceApiProps<Routes extends Readonly<Record<string, RouteContract>>> {
  readonly api: SharedApi;
  readonly contract: ApiContract<Routes>;
  /** The function of every route of the contract. */
  readonly functions: { readonly [Name in keyof Routes]: ServiceFunction };
}

/** A service's contract as routes of the shared API. */
export class ServiceApi<Routes extends Readonly<Record<string, RouteContract>>> extends Construct {
  constructor(scope: Construct, id: string, { api, contract, functions }: ServiceApiProps<Routes>) {
    super(scope, id);
    for (const [name, route] of Object.entries<RouteContract>(contract.routes)) {
      const target: ServiceFunction | undefined = functions[name];
      if (target === undefined) throw new Error(`route ${name} of ${contract.service} has no function`);
      new ApiRoute(this, name, { api, route, target });
    }
  }
}
