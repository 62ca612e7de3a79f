import type { RouteShape, Usage } from '@archipelago/release-check';

/** How often a version of a route was called within a time, and the last day. */
export type CountCalls = (
  route: RouteShape,
  from: Date,
  until: Date,
) => Promise<{ readonly calls: number; readonly lastCall?: string | undefined }>;

/** The routes whose calls functions count: those of several versions, and those that will go (functions/edge/http/versions.ts). */
const countedRoutes = (routes: readonly RouteShape[]): readonly RouteShape[] => {
  const versions = Map.groupBy(routes, (route) => `${route.service}/${route.function}`);
  return [...versions.values()].filter((own) => own.length > 1 || own.some(({ deprecated }) => deprecated)).flat();
};

/** Day in UTC: `2026-11-26`. */
export const dayOf = (time: Date | number): string => new Date(time).toISOString().slice(0, 10);

export const readUsage = async (
  routes: readonly RouteShape[],
  count: CountCalls,
  { stage, from, until }: { readonly stage: string; readonly from: Date; readonly until: Date },
): Promise<Usage> => {
  const counted = countedRoutes(routes).map(async (route) => ({
    key: route.key,
    ...(await count(route, from, until)),
  }));
  return { stage, from: from.toISOString(), until: until.toISOString(), routes: await Promise.all(counted) };
};

const callsText = ({ calls, lastCall }: Usage['routes'][number]): string => {
  if (calls === 0) return 'not called';
  return `called ${calls === 1 ? 'once' : `${calls} times`}${lastCall === undefined ? '' : `, the last time on ${lastCall}`}`;
};

/** As the program prints it. */
export const usageLines = (usage: Usage, routes: readonly RouteShape[]): readonly string[] => {
  const width = Math.max(0, ...usage.routes.map(({ key }) => key.length));
  const lines = usage.routes.map((counted) => {
    const sunset = routes.find(({ key }) => key === counted.key)?.deprecated?.sunset;
    return `${counted.key.padEnd(width)}  ${callsText(counted)}${sunset === undefined ? '' : `; it ends on ${sunset}`}`;
  });
  return lines.length > 0 ? lines : ['no route has more than one version, and none will go'];
};
