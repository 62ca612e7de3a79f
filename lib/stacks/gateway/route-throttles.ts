import type { ApiContract } from '../../../functions/kernel/messages/contract.ts';
import { methodsOf, type Operation, operationsOf, publicPaths } from '../../../functions/kernel/messages/operations.ts';
import type { Stage } from '../../config/stage.ts';
import type { RouteSettings } from '../../constructs/api/api-stage.ts';

/** HEAD is called too rarely to pay for metrics of its own; the access log has it. */
const hasMetrics = (method: string, { routeMetrics }: Stage['api']): boolean => routeMetrics && method !== 'HEAD';

const settingsOf = (
  { method, path, version, throttle }: Operation,
  api: Stage['api'],
): readonly [string, RouteSettings][] =>
  methodsOf({ method })
    .filter((asked) => throttle !== undefined || hasMetrics(asked, api) !== api.routeMetrics)
    .flatMap((asked) =>
      publicPaths({ path, version }).map((publicPath): [string, RouteSettings] => {
        const { rate, burst } = throttle ?? api.throttle;
        return [
          `${asked} ${publicPath}`,
          {
            ThrottlingRateLimit: rate,
            ThrottlingBurstLimit: burst,
            DetailedMetricsEnabled: hasMetrics(asked, api),
          },
        ];
      }),
    );

/** The routes that differ from the stage, by route key; every public path of a route has its own bucket. */
export const routeThrottles = (
  apis: readonly ApiContract[],
  api: Stage['api'],
): Readonly<Record<string, RouteSettings>> =>
  Object.fromEntries(apis.flatMap(operationsOf).flatMap((operation) => settingsOf(operation, api)));
