import { logicalIdsStay } from './logical-ids-stay.ts';
import { messageVersionsStay } from './message-versions-stay.ts';
import { messagesKeepTheirUsers } from './messages-keep-their-users.ts';
import { outputsInUseStay } from './outputs-in-use-stay.ts';
import type { DeployRule } from './release.ts';
import { routesKeepTheirCallers } from './routes/routes-keep-their-callers.ts';
import { routesStay } from './routes/routes-stay.ts';
import { sunsetsStay } from './routes/sunsets-stay.ts';
import { servicesImportNothing } from './services-import-nothing.ts';
import { statefulResourcesStay } from './stateful-resources-stay.ts';
import { storedEventsHaveReaders } from './stored-events-have-readers.ts';
import { storedEventsStayReadable, storedExamplesStay } from './stored-events-stay-readable.ts';

/** Those that need the contracts only, and no synthesis. */
export const contractRules: Readonly<Record<string, DeployRule>> = {
  messageVersionsStay,
  messagesKeepTheirUsers,
  routesStay,
  routesKeepTheirCallers,
  sunsetsStay,
};

/** What the next release must leave as the last one has it. */
export const deployRules: Readonly<Record<string, DeployRule>> = {
  statefulResourcesStay,
  logicalIdsStay,
  outputsInUseStay,
  servicesImportNothing,
  storedEventsStayReadable,
  storedEventsHaveReaders,
  storedExamplesStay,
  ...contractRules,
};
