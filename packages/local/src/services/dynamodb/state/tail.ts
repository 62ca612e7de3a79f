import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import type { EngineStream } from '../engine/engine-stream.ts';
import { createStreamLog, type StreamLog } from './stream-log.ts';
import { changesNothing, streamRecordOf, TIME_TO_LIVE } from './stream-record.ts';
import type { TableStream } from './table-registry.ts';

/** One stream as far as it has been read from the engine. */
export interface Tail {
  readonly stream: TableStream;
  readonly log: StreamLog;
  /** The table may have been written to. */
  markWritten(): void;
  /** Reads the records of an earlier run, with the times that they were written at. */
  pullKept(): Promise<void>;
  /** At most one read under way and one waiting: the waiting one begins after every write that asked for it. */
  pullSoon(): Promise<void>;
  /** Ends when the log holds every write so far. */
  catchUp(): Promise<void>;
  /** The expiry sweep is about to delete the item: its record names the service as the deleter. */
  expectExpiry(item: JsonObject): () => void;
}

/** When the engine wrote a record. */
const writtenAtMs = ({ dynamodb }: JsonObject, otherwiseMs: number): number =>
  isObject(dynamodb) ? Number(dynamodb.ApproximateCreationDateTime) * 1000 : otherwiseMs;

export const createTail = (world: World, source: EngineStream, stream: TableStream, onRecords: () => void): Tail => {
  const log = createStreamLog();
  const expiring: JsonObject[] = [];
  let dirty = true;
  let current = Promise.resolve();
  let queued: Promise<void> | undefined;

  const forget = (at: number): boolean => {
    if (at >= 0) expiring.splice(at, 1);
    return at >= 0;
  };

  const expiredHere = ({ eventName, dynamodb }: JsonObject): boolean =>
    eventName === 'REMOVE' &&
    isObject(dynamodb) &&
    forget(expiring.findIndex((item) => isDeepStrictEqual(item, dynamodb.OldImage)));

  const pull = async (createdAtMs: (engineRecord: JsonObject) => number): Promise<void> => {
    dirty = false;
    const found = (await source.readNew()).filter((record) => !changesNothing(record));
    for (const engineRecord of found) {
      const userIdentity = expiredHere(engineRecord) ? TIME_TO_LIVE : undefined;
      const context = { stream, region: world.region, createdAtMs: createdAtMs(engineRecord), userIdentity };
      log.append(streamRecordOf(engineRecord, context));
    }
    if (found.length > 0) onRecords();
  };

  const pullSoon = (): Promise<void> => {
    dirty = true;
    if (queued) return queued;
    const next = current.then(() => {
      queued = undefined;
      current = pull(() => world.clock.now());
      return current;
    });
    queued = next;
    const work = next.catch(() => {
      current = Promise.resolve();
      dirty = true;
    });
    world.agenda.follow({ what: 'read stream', subject: stream.arn }, work);
    return next;
  };

  return {
    stream,
    log,
    markWritten: () => {
      dirty = true;
    },
    pullKept: () => pull((engineRecord) => writtenAtMs(engineRecord, world.clock.now())),
    pullSoon,
    catchUp: () => (dirty || queued ? pullSoon() : current),
    expectExpiry: (item) => {
      expiring.push(item);
      return () => void forget(expiring.indexOf(item));
    },
  };
};
