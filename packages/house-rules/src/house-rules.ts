import { accessLogsNameNoCaller } from './access/access-logs-name-no-caller.ts';
import { actionsAreNamed } from './access/actions-are-named.ts';
import { clientsOfferWhatRoutesAsk } from './access/clients-offer-what-routes-ask.ts';
import { functionsOwnTheirRole } from './access/functions-own-their-role.ts';
import { infrastructureIsForMachines } from './access/infrastructure-is-for-machines.ts';
import { queuesDemandTls } from './access/queues-demand-tls.ts';
import { resourcePoliciesNameCallers } from './access/resource-policies-name-callers.ts';
import { rolesAreNarrow } from './access/roles-are-narrow.ts';
import { routesAreGuarded } from './access/routes-are-guarded.ts';
import { wildcardsAreConfined } from './access/wildcards-are-confined.ts';
import { alarmsFireAtTheirThreshold } from './alarms/alarms-fire-at-their-threshold.ts';
import { alarmsNameAPage } from './alarms/alarms-name-a-page.ts';
import { functionsAreWatched } from './alarms/functions-are-watched.ts';
import { queuesEndInAnAlarm } from './alarms/queues-end-in-an-alarm.ts';
import { streamsAreWatched } from './alarms/streams-are-watched.ts';
import { gatewaysCallByRoute } from './api/gateways-call-by-route.ts';
import { routesEndInTime } from './api/routes-end-in-time.ts';
import { stagesAreThrottled } from './api/stages-are-throttled.ts';
import { environmentsAreLiteral } from './functions/environments-are-literal.ts';
import { functionsAreComplete } from './functions/functions-are-complete.ts';
import { triggersCallTheAlias } from './functions/triggers-call-the-alias.ts';
import { busesAreArchived } from './messages/buses-are-archived.ts';
import { consumersSpaceTheirRetries } from './messages/consumers-space-their-retries.ts';
import { invokedFunctionsLoseNothing } from './messages/invoked-functions-lose-nothing.ts';
import { queueMappingsAreBounded } from './messages/queue-mappings-are-bounded.ts';
import { ruleTargetsLoseNothing } from './messages/rule-targets-lose-nothing.ts';
import { streamMappingsStepOverPoison } from './messages/stream-mappings-step-over-poison.ts';
import { resourcesAreNamed } from './resources-are-named.ts';
import { logsHaveRetention } from './storage/logs-have-retention.ts';
import { tablesAreProtected } from './storage/tables-are-protected.ts';
import { tablesForgetInTime } from './storage/tables-forget-in-time.ts';
import type { Rule } from './template.ts';

/** What every template must satisfy and no rule pack checks. */
export const houseRules: Readonly<Record<string, Rule>> = {
  accessLogsNameNoCaller,
  actionsAreNamed,
  alarmsFireAtTheirThreshold,
  alarmsNameAPage,
  busesAreArchived,
  clientsOfferWhatRoutesAsk,
  consumersSpaceTheirRetries,
  environmentsAreLiteral,
  functionsAreComplete,
  functionsAreWatched,
  functionsOwnTheirRole,
  gatewaysCallByRoute,
  infrastructureIsForMachines,
  invokedFunctionsLoseNothing,
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
