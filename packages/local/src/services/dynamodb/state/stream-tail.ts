import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../../../core/aws-call.ts';
import { isObject, type JsonObject } from '../../../core/json.ts';
import type { StreamRecord, StreamSource } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { createEngineStream, type EngineStream } from '../engine/engine-stream.ts';
import { createStreamLog, type StreamLog } from './stream-log.ts';
import { changesNothing, engineSequenceOf, streamRecordOf, TIME_TO_LIVE } from './stream-record.ts';
import type { Table, TableRegistry, TableStream } from './table-registry.ts';

interface Tail {
  readonly stream: TableStream;
  readonly source: EngineStream;
  readonly log: StreamLog;
  /** Items that the expiry sweep is about to delete: their records name the service as the deleter. */
  readonly expiring: JsonObject[];
  dirty: boolean;
  current: Promise<void>;
  queued: Promise<void> | undefined;
}

export interface StreamTails extends StreamSource {
  /** A table's stream exists from here on; `kept` = with records of an earlier run, which `LATEST` leaves out. */
  open(table: Table, kept: boolean): Promise<void>;
  /** Tables that may have been written to; called right after the engine's answer. */
  written(tableNames: readonly string[] | 'all'): void;
  /** Brings the log up to date with the engine. */
  refresh(streamArn: string): Promise<StreamLog>;
  expectExpiry(table: Table, item: JsonObject): () => void;
  /** By table, the engine's number of the oldest record that AWS would still have. */
  kept(): readonly { readonly tableName: string; readonly fromSequence: string }[];
  describe(): readonly { readonly streamArn: string; readonly records: number; readonly consumers: number }[];
}

/** Reads each stream once, on writes and not by polling, for all its consumers. */
export const createStreamTails = (world: World, engine: () => EngineClient, tables: TableRegistry): StreamTails => {
  const tails = new Map<string, Tail>();
  const listeners = new Map<string, Set<() => void>>();

  const tailOf = (stream: TableStream): Tail => {
    const known = tails.get(stream.arn);
    if (known?.stream.engineArn === stream.engineArn) return known;
    const source = createEngineStream(engine(), stream.engineArn);
    const state = { dirty: true, current: Promise.resolve(), queued: undefined };
    const tail: Tail = { stream, source, log: createStreamLog(), expiring: [], ...state };
    tails.set(stream.arn, tail);
    return tail;
  };

  const expiredHere = (tail: Tail, engineRecord: JsonObject): boolean => {
    const change = engineRecord.dynamodb;
    if (engineRecord.eventName !== 'REMOVE' || !isObject(change)) return false;
    const at = tail.expiring.findIndex((item) => isDeepStrictEqual(item, change.OldImage));
    if (at >= 0) tail.expiring.splice(at, 1);
    return at >= 0;
  };

  const pull = async (tail: Tail, createdAtMs: (engineRecord: JsonObject) => number) => {
    tail.dirty = false;
    const found = (await tail.source.readNew()).filter((record) => !changesNothing(record));
    for (const engineRecord of found) {
      const userIdentity = expiredHere(tail, engineRecord) ? TIME_TO_LIVE : undefined;
      const context = {
        stream: tail.stream,
        region: world.region,
        createdAtMs: createdAtMs(engineRecord),
        userIdentity,
      };
      tail.log.append(streamRecordOf(engineRecord, context));
    }
    if (found.length > 0) for (const notify of listeners.get(tail.stream.arn) ?? []) notify();
  };

  /** At most one read under way and one waiting: the waiting one begins after every write that asked for it. */
  const pullSoon = (tail: Tail): Promise<void> => {
    tail.dirty = true;
    if (tail.queued) return tail.queued;
    const queued = tail.current.then(() => {
      tail.queued = undefined;
      tail.current = pull(tail, () => world.clock.now());
      return tail.current;
    });
    tail.queued = queued;
    const work = queued.catch(() => {
      tail.current = Promise.resolve();
      tail.dirty = true;
    });
    void world.agenda.track({ what: 'read stream', subject: tail.stream.arn }, work);
    return queued;
  };

  const streamOf = (streamArn: string): TableStream => {
    const stream = tables.findByStream(streamArn)?.stream;
    if (stream) return stream;
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: Stream: ${streamArn} not found`);
  };

  const refresh = async (streamArn: string): Promise<StreamLog> => {
    const tail = tailOf(streamOf(streamArn));
    await pullSoon(tail);
    return tail.log;
  };

  return {
    open: async ({ stream }, kept) => {
      if (!stream) return;
      const tail = tailOf(stream);
      if (!kept) return;
      await pull(tail, ({ dynamodb }) =>
        isObject(dynamodb) ? Number(dynamodb.ApproximateCreationDateTime) * 1000 : world.clock.now(),
      );
      tail.log.markLatest();
    },
    written: (tableNames) => {
      const written = tableNames === 'all' ? tables.all() : tableNames.map((name) => tables.find(name));
      for (const table of written) {
        if (!table?.stream) continue;
        const tail = tailOf(table.stream);
        tail.dirty = true;
        if ((listeners.get(table.stream.arn)?.size ?? 0) > 0) void pullSoon(tail).catch(() => undefined);
      }
    },
    refresh,
    expectExpiry: ({ stream }, item) => {
      const expiring = stream ? tailOf(stream).expiring : [];
      expiring.push(item);
      return () => {
        const at = expiring.indexOf(item);
        if (at >= 0) expiring.splice(at, 1);
      };
    },
    read: async (streamArn, after, limit): Promise<readonly StreamRecord[]> => {
      const tail = tailOf(streamOf(streamArn));
      if (tail.dirty || tail.queued) await pullSoon(tail);
      else await tail.current;
      return tail.log.after(after, limit, world.clock.now());
    },
    onRecords: (streamArn, notify) => {
      const subscribed = listeners.get(streamArn) ?? new Set();
      listeners.set(streamArn, subscribed.add(notify));
      return () => {
        subscribed.delete(notify);
      };
    },
    kept: () =>
      [...tails].flatMap(([arn, { log }]) => {
        const tableName = tables.findByStream(arn)?.name;
        const fromSequence = log.oldestKept(world.clock.now());
        return tableName === undefined || fromSequence === undefined
          ? []
          : [{ tableName, fromSequence: engineSequenceOf(fromSequence) }];
      }),
    describe: () =>
      [...tails.values()].map(({ stream, log }) => ({
        streamArn: stream.arn,
        records: log.size(),
        consumers: listeners.get(stream.arn)?.size ?? 0,
      })),
  };
};
