import type { ApiContract } from '../../../functions/kernel/contract.ts';

/** As CloudFormation spells the settings of one route; what is left out would fall back to AWS's default, not the stage's. */
export interface RouteSettings {
  readonly ThrottlingRateLimit: number;
  readonly ThrottlingBurstLimit: number;
  readonly DetailedMetricsEnabled: boolean;
}

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
