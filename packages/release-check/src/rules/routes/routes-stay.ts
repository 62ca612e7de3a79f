import type { DeployRule, Evidence, RouteShape } from '../release.ts';
import { usersOf } from '../release.ts';

type Reason = Pick<ReturnType<DeployRule>[number], 'why' | 'remedy'>;

const NOT_ANNOUNCED: Reason = {
  why: 'its callers would be answered 404 or 405 without notice',
  remedy:
    'bring it back, with `deprecated: {since, sunset, instead}` in its contract; it may go when that day has come and it is ' +
    'no longer called. A changed answer is a new version beside it',
};

const DAY_MS = 86_400_000;

const usageReason = ({ key }: RouteShape, usage: Evidence['usage']): Reason | undefined => {
  const write = 'npm run usage -- --stage NAME --out FILE';
  if (usage === undefined)
    return {
      why: 'its sunset has come, but nothing says whether it is still called',
      remedy: `${write}, and --usage FILE here`,
    };
  const counted = usage.routes.find((route) => route.key === key);
  if (counted === undefined)
    return {
      why: `the usage file of stage ${usage.stage} does not say whether it is called`,
      remedy: `write it from the commit that is deployed, where the route still is: ${write}`,
    };
  if (counted.calls === 0) return undefined;
  const days = Math.round((Date.parse(usage.until) - Date.parse(usage.from)) / DAY_MS);
  const last = counted.lastCall === undefined ? '' : `, the last time on ${counted.lastCall}`;
  return {
    why: `it was called ${counted.calls} times in ${days} days of stage ${usage.stage}${last}`,
    remedy:
      "bring it back until its callers have moved (the gateway's access log says by routeKey when they come); or turn them " +
      'away on purpose: --accept with the name in brackets',
  };
};

/** Why a route must stay, and what to do; undefined for one that may go. */
const reasonToStay = (route: RouteShape, { today, usage }: Evidence): Reason | undefined => {
  if (route.deprecated === undefined) return NOT_ANNOUNCED;
  const { sunset } = route.deprecated;
  if (today < sunset)
    return {
      why: `it was announced to answer until ${sunset}`,
      remedy: `bring it back, and remove it on ${sunset} or later`,
    };
  return usageReason(route, usage);
};

/** A route stays until its end was announced, that day has come, and no caller is left: most of them are outside. */
export const routesStay: DeployRule = (before, after, evidence) =>
  before.routes.flatMap((route) => {
    const { key, file } = route;
    if (after.routes.some((each) => each.key === key)) return [];
    const reason = reasonToStay(route, evidence);
    if (reason === undefined) return [];
    const users = usersOf(key, before, after);
    return [
      {
        subject: key,
        what: `route ${key} would be removed`,
        where: `${file}; called by ${users.join(', ') || 'nobody in this repository, but perhaps by others'}`,
        ...reason,
      },
    ];
  });
