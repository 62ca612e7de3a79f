import type { ApiContract } from '../../../functions/kernel/messages/contract.ts';
import type { RouteSettings } from '../../constructs/api/api-stage.ts';

/** The routes whose contract is narrower than the stage, by route key; every public path of a route has its own bucket. */
export const routeThrottles = (
  apis: readonly ApiContract[],
  publicPaths: (path: string) => readonly string[],
  routeMetrics: boolean,
): Readonly<Record<string, RouteSettings>> => {
  const routes = apis.flatMap((api) => Object.values(api.routes));
  const settings = routes.flatMap(({ method, path, throttle }) =>
    throttle === undefined
      ? []
      : publicPaths(path).map((publicPath): [string, RouteSettings] => [
          `${method} ${publicPath}`,
          {
            ThrottlingRateLimit: throttle.rate,
            ThrottlingBurstLimit: throttle.burst,
            DetailedMetricsEnabled: routeMetrics,
          },
        ]),
  );
  return Object.fromEntries(settings);
};
