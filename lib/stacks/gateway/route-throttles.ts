import type { ApiContract } from '../../../functions/kernel/messages/contract.ts';
import { methodsOf, operationsOf, publicPaths } from '../../../functions/kernel/messages/operations.ts';
import type { RouteSettings } from '../../constructs/api/api-stage.ts';

/** The routes whose contract is narrower than the stage, by route key; every public path of a route has its own bucket. */
export const routeThrottles = (
  apis: readonly ApiContract[],
  routeMetrics: boolean,
): Readonly<Record<string, RouteSettings>> => {
  const settings = apis.flatMap(operationsOf).flatMap(({ method, path, version, throttle }) =>
    throttle === undefined
      ? []
      : publicPaths({ path, version }).flatMap((publicPath) =>
          methodsOf({ method }).map((asked): [string, RouteSettings] => [
            `${asked} ${publicPath}`,
            {
              ThrottlingRateLimit: throttle.rate,
              ThrottlingBurstLimit: throttle.burst,
              DetailedMetricsEnabled: routeMetrics,
            },
          ]),
        ),
  );
  return Object.fromEntries(settings);
};
