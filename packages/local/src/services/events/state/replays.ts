import { AwsError } from '../../../core/aws-call.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Random } from '../../../core/random.ts';
import type { World } from '../../../core/world.ts';
import type { Archives } from './archives.ts';
import { type Buses, type Envelope, missing } from './event-bus.ts';
import type { Publisher } from './publisher.ts';

export interface ReplayRequest {
  readonly name: string;
  readonly archiveArn: string;
  readonly destinationArn: string;
  /** Rules that alone receive the events; absent means all. */
  readonly onlyRules?: readonly string[];
  readonly fromMs: number;
  readonly untilMs: number;
  readonly description?: string;
}

export interface Replay extends ReplayRequest {
  readonly arn: string;
  readonly startedAtMs: number;
  readonly endedAtMs?: number;
  readonly lastReplayedMs?: number;
}

interface Archived {
  readonly atMs: number;
  readonly envelope: Envelope;
}

/** A replay goes through the archive minute by minute; what was archived within one comes in no order. */
const MINUTE_MS = 60_000;

const inReplayOrder = (events: readonly Archived[], random: Random): readonly Archived[] => {
  const drawn = events.map((event) => ({ event, lot: random.next() }));
  const minuteOf = ({ atMs }: Archived) => Math.floor(atMs / MINUTE_MS);
  return drawn.sort((a, b) => minuteOf(a.event) - minuteOf(b.event) || a.lot - b.lot).map(({ event }) => event);
};

const invalid = (parameter: string, reason: string) =>
  new AwsError('ValidationException', `Parameter ${parameter} is not valid. Reason: ${reason}`);

export const createReplays = (world: World, buses: Buses, archives: Archives, publisher: Publisher) => {
  const { agenda, clock, random, partition, region, account } = world;
  const replays = new Map<string, Replay>();

  const run = (replay: Replay) => {
    const bus = buses.bus(replay.destinationArn);
    const within = archives
      .archive(replay.archiveArn)
      .events.filter(({ atMs }) => atMs >= replay.fromMs && atMs <= replay.untilMs);
    const only = replay.onlyRules && { onlyRules: replay.onlyRules };
    for (const { envelope } of inReplayOrder(within, random))
      publisher.publish(bus, { envelope: { ...envelope, 'replay-name': replay.name }, ...only });
    const last = within.at(-1);
    replays.set(replay.name, {
      ...replay,
      endedAtMs: clock.now(),
      ...(last && { lastReplayedMs: last.atMs }),
    });
  };

  return {
    start: (request: ReplayRequest): Replay => {
      if (replays.has(request.name))
        throw new AwsError('ResourceAlreadyExistsException', `Replay ${request.name} already exists.`);
      const { sourceArn } = archives.archive(request.archiveArn);
      if (buses.bus(request.destinationArn).arn !== sourceArn)
        throw invalid('Destination.Arn', 'Cross event bus replay is not permitted.');
      if (request.fromMs >= request.untilMs)
        throw invalid('EventEndTime', 'EventStartTime must be before EventEndTime.');
      const arn = `arn:${partition}:events:${region}:${account}:replay/${request.name}`;
      const replay = { ...request, arn, startedAtMs: clock.now() };
      replays.set(request.name, replay);
      const entry = {
        dueAtMs: clock.now(),
        kind: 'pending',
        what: 'replay archived events',
        subject: replay.name,
      } as const;
      agenda.schedule(entry, () => run(replay));
      return replay;
    },
    all: (): readonly Replay[] => [...replays.values()],
    replay: (name: string): Replay => {
      const found = replays.get(name);
      if (!found) throw missing(`Replay ${name}`);
      return found;
    },
  };
};

export const stateOf = ({ endedAtMs }: Replay): string => (endedAtMs === undefined ? 'RUNNING' : 'COMPLETED');

export const describeReplay = (replay: Replay): JsonObject => ({
  ReplayName: replay.name,
  ReplayArn: replay.arn,
  State: stateOf(replay),
  EventSourceArn: replay.archiveArn,
  Destination: { Arn: replay.destinationArn, ...(replay.onlyRules && { FilterArns: replay.onlyRules }) },
  EventStartTime: replay.fromMs / 1000,
  EventEndTime: replay.untilMs / 1000,
  ReplayStartTime: replay.startedAtMs / 1000,
  ...(replay.description !== undefined && { Description: replay.description }),
  ...(replay.endedAtMs !== undefined && { ReplayEndTime: replay.endedAtMs / 1000 }),
  ...(replay.lastReplayedMs !== undefined && { EventLastReplayedTime: replay.lastReplayedMs / 1000 }),
});

export type Replays = ReturnType<typeof createReplays>;
