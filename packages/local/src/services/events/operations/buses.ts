import { textOf } from '../../../assembly/values.ts';
import { AwsError } from '../../../core/aws-call.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { JsonOperation } from '../../../http/json-protocol.ts';
import type { Archive, Archives } from '../state/archives.ts';
import type { Buses, EventBus } from '../state/event-bus.ts';
import { describeReplay, type Replays, stateOf } from '../state/replays.ts';
import { requiredText } from './rules.ts';

const describeBus = (bus: EventBus): JsonObject => ({
  Name: bus.name,
  Arn: bus.arn,
  ...(bus.description !== undefined && { Description: bus.description }),
  CreationTime: bus.createdAtMs / 1000,
  LastModifiedTime: bus.createdAtMs / 1000,
});

const describeArchive = (archive: Archive): JsonObject => ({
  ArchiveName: archive.name,
  ArchiveArn: archive.arn,
  EventSourceArn: archive.sourceArn,
  State: 'ENABLED',
  RetentionDays: archive.retentionDays,
  ...(archive.pattern && { EventPattern: JSON.stringify(archive.pattern) }),
  ...(archive.description !== undefined && { Description: archive.description }),
  EventCount: archive.events.length,
  SizeBytes: archive.events.reduce((sum, { envelope }) => sum + Buffer.byteLength(JSON.stringify(envelope)), 0),
  CreationTime: archive.createdAtMs / 1000,
});

const timeOf = (value: Json | undefined, name: string): number => {
  if (typeof value === 'number') return value * 1000;
  throw new AwsError('ValidationException', `1 validation error detected: ${name} must not be null`);
};

export const busOperations = (buses: Buses): Record<string, JsonOperation> => ({
  CreateEventBus: (input) => {
    const name = requiredText(input, 'Name');
    if (buses.find(name)) throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
    return { EventBusArn: buses.addBus(name, textOf(input.Description)).arn };
  },
  DescribeEventBus: (input) => describeBus(buses.bus(textOf(input.Name))),
  ListEventBuses: (input) => {
    const prefix = textOf(input.NamePrefix) ?? '';
    const found = buses.all().filter(({ name }) => name.startsWith(prefix));
    return { EventBuses: found.map(describeBus) };
  },
});

export const archiveOperations = (archives: Archives, replays: Replays): Record<string, JsonOperation> => ({
  DescribeArchive: (input) => describeArchive(archives.archive(requiredText(input, 'ArchiveName'))),
  ListArchives: (input) => {
    const source = textOf(input.EventSourceArn);
    const found = archives.all().filter(({ sourceArn }) => source === undefined || sourceArn === source);
    return { Archives: found.map(describeArchive) };
  },
  StartReplay: (input) => {
    const destination = isObject(input.Destination) ? input.Destination : {};
    const filters = destination.FilterArns;
    const description = textOf(input.Description);
    const replay = replays.start({
      name: requiredText(input, 'ReplayName'),
      archiveArn: requiredText(input, 'EventSourceArn'),
      destinationArn: requiredText(destination, 'Arn'),
      fromMs: timeOf(input.EventStartTime, 'EventStartTime'),
      untilMs: timeOf(input.EventEndTime, 'EventEndTime'),
      ...(Array.isArray(filters) && { onlyRules: filters.map(String) }),
      ...(description !== undefined && { description }),
    });
    return { ReplayArn: replay.arn, State: 'STARTING', ReplayStartTime: replay.startedAtMs / 1000 };
  },
  DescribeReplay: (input) => describeReplay(replays.replay(requiredText(input, 'ReplayName'))),
  ListReplays: () => ({
    Replays: replays.all().map((replay) => ({ ReplayName: replay.name, State: stateOf(replay) })),
  }),
});
