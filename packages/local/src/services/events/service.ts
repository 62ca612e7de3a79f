import type { EmulatedService } from '../../core/emulated-service.ts';
import { isList, isObject, type Json, type JsonObject } from '../../core/json.ts';
import { StartError } from '../../core/start-error.ts';
import type { World } from '../../core/world.ts';
import { createPersistentDelivery } from '../../delivery/persistent-delivery.ts';
import { jsonProtocol } from '../../http/json-protocol.ts';
import { eventActs } from './operations/acts.ts';
import { archiveOperations, busOperations } from './operations/buses.ts';
import { createPutEvents } from './operations/put-events.ts';
import { ruleOperations } from './operations/rules.ts';
import { eventResourceTypes } from './resources.ts';
import { createArchives } from './state/archives.ts';
import { createBusTarget } from './state/bus-target.ts';
import { type Buses, busNameOf, createBuses } from './state/event-bus.ts';
import { createPublisher } from './state/publisher.ts';
import { createReplays } from './state/replays.ts';
import { createRules } from './state/rules.ts';
import { createScheduledRules } from './state/scheduled-rules.ts';

/** The bus of a call's first entry, or the rule, archive or replay that it names. */
const resourceOf = (input: JsonObject): Json | undefined => {
  const [first] = isList(input.Entries) ? input.Entries : [];
  if (isObject(first)) return busNameOf(typeof first.EventBusName === 'string' ? first.EventBusName : undefined);
  return input.Rule ?? input.Name ?? input.ArchiveName ?? input.ReplayName;
};

const refuseRulesWithoutBus = (buses: Buses) => {
  const lost = buses.rules().find(({ busName }) => !buses.find(busName));
  if (!lost) return;
  throw new StartError(
    `event bus ${lost.busName} does not exist`,
    `rule ${lost.name}`,
    'add the stack that creates the bus to the assembly, or correct EventBusName',
  );
};

/** Amazon EventBridge: buses, rules, schedules, archives and replays. */
export const createEventBridgeService = (world: World): EmulatedService => {
  const buses = createBuses(world);
  const archives = createArchives(world);
  const publisher = createPublisher(world, buses, archives, createPersistentDelivery(world));
  const rules = createRules(buses, createScheduledRules(world, buses, publisher));
  const replays = createReplays(world, buses, archives, publisher);
  world.targets.register('events', createBusTarget(world, buses, publisher));

  return {
    signingName: 'events',
    handle: jsonProtocol({
      version: '1.1',
      operations: {
        PutEvents: createPutEvents(world, buses, publisher),
        ...ruleOperations(buses, rules),
        ...busOperations(buses),
        ...archiveOperations(archives, replays),
      },
      resourceOf,
      authorize: (operation, input, caller) =>
        world.access.demand(caller, () => eventActs(world, buses, operation, input)),
    }),
    resourceTypes: eventResourceTypes(world, buses, rules, archives),
    start: () => refuseRulesWithoutBus(buses),
    inspect: () => ({
      buses: buses.all().map(({ name, arn }) => ({
        name,
        arn,
        rules: buses.rulesOf(name).map((rule) => ({
          name: rule.name,
          arn: rule.arn,
          enabled: rule.enabled,
          ...(rule.pattern && { pattern: rule.pattern }),
          ...(rule.scheduleExpression !== undefined && { scheduleExpression: rule.scheduleExpression }),
          targets: [...rule.targets.values()].map((target) => target.arn),
        })),
      })),
      archives: archives.all().map(({ name, sourceArn, events }) => ({ name, sourceArn, events: events.length })),
      replays: replays.all().map((replay) => ({ name: replay.name, ended: replay.endedAtMs !== undefined })),
    }),
  };
};
