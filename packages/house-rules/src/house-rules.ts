import { accessLogsNameNoCaller } from './access-logs-name-no-caller.ts';
import { actionsAreNamed } from './actions-are-named.ts';
import { alarmsFireAtTheirThreshold } from './alarms-fire-at-their-threshold.ts';
import { alarmsNameAPage } from './alarms-name-a-page.ts';
import { busesAreArchived } from './buses-are-archived.ts';
import { environmentsAreLiteral } from './environments-are-literal.ts';
import { functionsAreComplete } from './functions-are-complete.ts';
import { functionsAreWatched } from './functions-are-watched.ts';
import { functionsOwnTheirRole } from './functions-own-their-role.ts';
import { gatewaysCallByRoute } from './gateways-call-by-route.ts';
import { logsHaveRetention } from './logs-have-retention.ts';
import { queueMappingsAreBounded } from './queue-mappings-are-bounded.ts';
import { queuesDemandTls } from './queues-demand-tls.ts';
import { queuesEndInAnAlarm } from './queues-end-in-an-alarm.ts';
import { resourcePoliciesNameCallers } from './resource-policies-name-callers.ts';
import { resourcesAreNamed } from './resources-are-named.ts';
import { rolesAreNarrow } from './roles-are-narrow.ts';
import { routesAreGuarded } from './routes-are-guarded.ts';
import { routesEndInTime } from './routes-end-in-time.ts';
import { ruleTargetsLoseNothing } from './rule-targets-lose-nothing.ts';
import { stagesAreThrottled } from './stages-are-throttled.ts';
import { streamMappingsStepOverPoison } from './stream-mappings-step-over-poison.ts';
import { streamsAreWatched } from './streams-are-watched.ts';
import { tablesAreProtected } from './tables-are-protected.ts';
import { tablesForgetInTime } from './tables-forget-in-time.ts';
import type { Rule } from './template.ts';
import { triggersCallTheAlias } from './triggers-call-the-alias.ts';
import { wildcardsAreConfined } from './wildcards-are-confined.ts';

/** What every template must satisfy and no rule pack checks. */
export const houseRules: Readonly<Record<string, Rule>> = {
  accessLogsNameNoCaller,
  actionsAreNamed,
  alarmsFireAtTheirThreshold,
  alarmsNameAPage,
  busesAreArchived,
  environmentsAreLiteral,
  functionsAreComplete,
  functionsAreWatched,
  functionsOwnTheirRole,
  gatewaysCallByRoute,
  logsHaveRetention,
  queueMappingsAreBounded,
  queuesDemandTls,
  queuesEndInAnAlarm,
  resourcePoliciesNameCallers,
  resourcesAreNamed,
  rolesAreNarrow,
  routesAreGuarded,
  routesEndInTime,
  ruleTargetsLoseNothing,
  stagesAreThrottled,
  streamMappingsStepOverPoison,
  streamsAreWatched,
  tablesAreProtected,
  tablesForgetInTime,
  triggersCallTheAlias,
  wildcardsAreConfined,
};
