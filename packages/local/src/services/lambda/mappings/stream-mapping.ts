import { createHash } from 'node:crypto';
import { isObject } from '../../../core/json.ts';
import type { StreamRecord, StreamSource } from '../../../core/ports.ts';
import { messageOf } from '../../../core/thrown.ts';
import type { World } from '../../../core/world.ts';
import { passesFilter } from '../../../language/event-pattern/passes-filter.ts';
import type { Invoker } from '../invocation/invoker.ts';
import type { FunctionDirectory } from '../state/function-directory.ts';
import { createCheckpoint } from './checkpoint.ts';
import type { Mapping } from './mapping.ts';
import type { MappingConfig } from './mapping-config.ts';
import { createStreamLane } from './stream-lane.ts';

/** How far a stream is read ahead of its slowest lane. */
const MAX_READ_AHEAD = 10_000;
const READ_LIMIT = 1000;
const REREAD_MS = 1000;

type Position = Parameters<StreamSource['read']>[1];

/** Order is kept for each item, by the hash of its whole key, as Lambda keeps it for DynamoDB streams. */
const laneIndex = ({ record }: StreamRecord, lanes: number): number => {
  if (lanes === 1) return 0;
  const keys = isObject(record.dynamodb) ? record.dynamodb.Keys : undefined;
  return (
    createHash('md5')
      .update(JSON.stringify(keys ?? ''))
      .digest()
      .readUInt32BE() % lanes
  );
};

/** Reads a stream when told that records came, and spreads them over `parallelization` ordered lanes. */
export const createStreamMapping = (
  world: World,
  directory: FunctionDirectory,
  invoker: Invoker,
  config: MappingConfig,
): Mapping => {
  const functionArn = () => directory.resolve(config.functionName).invokedArn;
  const checkpoint = createCheckpoint(world.keepFolder, config.name);
  let position: Position = config.startingPosition;
  let stopped = false;
  let unsubscribe = () => {};
  let reading = false;
  let moreMayHaveCome = false;

  const lanes = Array.from({ length: config.parallelization }, () =>
    createStreamLane(world, invoker, config, functionArn, () => {
      saveProgress();
      read();
    }),
  );

  /** Not while stopping: invocations that are cut off look like failed ones. */
  const saveProgress = () => {
    if (stopped || typeof position === 'string' || !lanes.every((lane) => lane.isIdle())) return;
    checkpoint.write(position.sequence);
  };

  /** An earlier run's place in the stream, if this is still the stream it was in. */
  const resume = async () => {
    const kept = checkpoint.read();
    if (kept === undefined) return;
    const justBefore = { sequence: String(BigInt(kept) - 1n) };
    const found = await world.need('streams').read(config.sourceArn, justBefore, 1);
    if (found.length > 0) position = { sequence: kept };
  };

  const handOut = (record: StreamRecord) => {
    if (!passesFilter(config.patterns, record.record)) return;
    const lane = lanes[laneIndex(record, lanes.length)];
    lane?.push({ ...record, record: { ...record.record, eventSourceARN: config.sourceArn } });
  };

  const readOn = async () => {
    const streams = world.need('streams');
    let records: readonly StreamRecord[];
    do {
      moreMayHaveCome = false;
      records = await streams.read(config.sourceArn, position, READ_LIMIT);
      for (const record of records) handOut(record);
      const last = records.at(-1);
      if (last) position = { sequence: last.sequenceNumber };
      for (const lane of lanes) lane.pump();
      saveProgress();
    } while ((records.length > 0 || moreMayHaveCome) && lanes.every((lane) => lane.waiting() < MAX_READ_AHEAD));
  };

  const readLater = (error: unknown): void => {
    const dueAtMs = world.clock.now() + REREAD_MS;
    const what = `read stream again after: ${messageOf(error)}`;
    world.agenda.schedule({ dueAtMs, kind: 'pending', what, subject: config.logicalId }, read);
  };

  const read = (): void => {
    if (reading) {
      moreMayHaveCome = true;
      return;
    }
    if (stopped || lanes.some((lane) => lane.waiting() >= MAX_READ_AHEAD)) return;
    reading = true;
    const done = readOn()
      .catch(readLater)
      .finally(() => {
        reading = false;
        if (moreMayHaveCome) read();
      });
    void world.agenda.track({ what: 'read stream', subject: config.logicalId }, done);
  };

  const stop = () => {
    stopped = true;
    unsubscribe();
  };

  return {
    start: async () => {
      await resume();
      unsubscribe = world.need('streams').onRecords(config.sourceArn, read);
      world.onStop(`mapping ${config.logicalId}`, stop);
      read();
    },
    stop,
    inspect: () => ({ lanes: lanes.map((lane) => lane.inspect()) }),
  };
};
