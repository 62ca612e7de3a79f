import { actionsAreNamed } from './actions-are-named.ts';
import { alarmsNameAPage } from './alarms-name-a-page.ts';
import { busesAreArchived } from './buses-are-archived.ts';
import { environmentsAreLiteral } from './environments-are-literal.ts';
import { functionsAreComplete } from './functions-are-complete.ts';
import { functionsOwnTheirRole } from './functions-own-their-role.ts';
import { logsHaveRetention } from './logs-have-retention.ts';
import { queueMappingsAreBounded } from './queue-mappings-are-bounded.ts';
import { queuesEndInAnAlarm } from './queues-end-in-an-alarm.ts';
import { resourcePoliciesNameCallers } from './resource-policies-name-callers.ts';
import { resourcesAreNamed } from './resources-are-named.ts';
import { rolesAreNarrow } from './roles-are-narrow.ts';
import { routesAreGuarded } from './routes-are-guarded.ts';
import { routesEndInTime } from './routes-end-in-time.ts';
import { ruleTargetsLoseNothing } from './rule-targets-lose-nothing.ts';
import { stagesAreThrottled } from './stages-are-throttled.ts';
import { streamMappingsStepOverPoison } from './stream-mappings-step-over-poison.ts';
import { tablesAreProtected } from './tables-are-protected.ts';
import type { Rule } from './template.ts';
import { triggersCallTheAlias } from './triggers-call-the-alias.ts';

/** What every template must satisfy and no rule pack checks. */
export const houseRules: Readonly<Record<string, Rule>> = {
  actionsAreNamed,
  alarmsNameAPage,
  busesAreArchived,
  environmentsAreLiteral,
  functionsAreComplete,
  functionsOwnTheirRole,
  logsHaveRetention,
  queueMappingsAreBounded,
  queuesEndInAnAlarm,
  resourcePoliciesNameCallers,
  resourcesAreNamed,
  rolesAreNarrow,
  routesAreGuarded,
  routesEndInTime,
  ruleTargetsLoseNothing,
  stagesAreThrottled,
  streamMappingsStepOverPoison,
  tablesAreProtected,
  triggersCallTheAlias,
};
