import { textOf } from '../../../assembly/values.ts';
import type { Act } from '../../../core/access.ts';
import { isList, isObject, type JsonObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import { type Buses, busNameOf } from '../state/event-bus.ts';

/** Each entry has a say of its own: one that is refused refuses the call. */
const putActs = (buses: Buses, { Entries }: JsonObject): readonly Act[] =>
  (isList(Entries) ? Entries : []).filter(isObject).map((entry) => {
    const keys: Readonly<Record<string, string | undefined>> = {
      'events:source': textOf(entry.Source),
      'events:detail-type': textOf(entry.DetailType),
    };
    return {
      action: 'events:PutEvents',
      resource: buses.busArn(busNameOf(textOf(entry.EventBusName))),
      context: (key) => keys[key],
    };
  });

/** Which kind of resource an operation is about, by what its name holds; the longest first. */
const KINDS = ['EventBus', 'Archive', 'Replay', 'Rule', 'Target'] as const;

const resourceOf = ({ partition, region, account }: World, buses: Buses, operation: string, input: JsonObject) => {
  const kind = KINDS.find((each) => operation.includes(each));
  const arn = (path: string, name: string) => `arn:${partition}:events:${region}:${account}:${path}/${name}`;
  const name = textOf(input.Name) ?? '*';
  if (kind === 'EventBus') return arn('event-bus', busNameOf(name));
  if (kind === 'Archive') return arn('archive', textOf(input.ArchiveName) ?? '*');
  if (kind === 'Replay') return arn('replay', textOf(input.ReplayName) ?? '*');
  return buses.ruleArn(busNameOf(textOf(input.EventBusName)), textOf(input.Rule) ?? name);
};

/** What a call of EventBridge does, as IAM names it. */
export const eventActs = (world: World, buses: Buses, operation: string, input: JsonObject): readonly Act[] =>
  operation === 'PutEvents'
    ? putActs(buses, input)
    : [{ action: `events:${operation}`, resource: resourceOf(world, buses, operation, input) }];
