import { AwsError } from '../../../core/aws-call.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { StreamRecord, StreamSource } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { createEngineStream } from '../engine/engine-stream.ts';
import type { StreamLog } from './stream-log.ts';
import { engineSequenceOf } from './stream-record.ts';
import type { Table, TableRegistry, TableStream } from './table-registry.ts';
import { createTail, type Tail } from './tail.ts';

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

const streamOf = (tables: TableRegistry, streamArn: string): TableStream => {
  const stream = tables.findByStream(streamArn)?.stream;
  if (stream) return stream;
  throw new AwsError('ResourceNotFoundException', `Requested resource not found: Stream: ${streamArn} not found`);
};

/** Reads each stream once, on writes and not by polling, for all its consumers. */
export const createStreamTails = (world: World, engine: () => EngineClient, tables: TableRegistry): StreamTails => {
  const tails = new Map<string, Tail>();
  const listeners = new Map<string, Set<() => void>>();

  const tailOf = (stream: TableStream): Tail => {
    const known = tails.get(stream.arn);
    if (known?.stream.engineArn === stream.engineArn) return known;
    const tail = createTail(world, createEngineStream(engine(), stream.engineArn), stream, () => {
      for (const notify of listeners.get(stream.arn) ?? []) notify();
    });
    tails.set(stream.arn, tail);
    return tail;
  };

  const refresh = async (streamArn: string): Promise<StreamLog> => {
    const tail = tailOf(streamOf(tables, streamArn));
    await tail.pullSoon();
    return tail.log;
  };

  return {
    open: async ({ stream }, kept) => {
      if (!stream) return;
      const tail = tailOf(stream);
      if (!kept) return;
      await tail.pullKept();
      tail.log.markLatest();
    },
    written: (tableNames) => {
      const written = tableNames === 'all' ? tables.all() : tableNames.map((name) => tables.find(name));
      for (const table of written) {
        if (!table?.stream) continue;
        const tail = tailOf(table.stream);
        tail.markWritten();
        if ((listeners.get(table.stream.arn)?.size ?? 0) > 0) void tail.pullSoon().catch(() => undefined);
      }
    },
    refresh,
    expectExpiry: ({ stream }, item) => (stream ? tailOf(stream).expectExpiry(item) : () => {}),
    read: async (streamArn, after, limit): Promise<readonly StreamRecord[]> => {
      const tail = tailOf(streamOf(tables, streamArn));
      await tail.catchUp();
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
