import { createHash } from 'node:crypto';
import { isObject } from '../../../core/json.ts';
import type { StreamRecord } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';
import { passesFilter } from '../../../language/event-pattern/passes-filter.ts';
import type { Invoker } from '../invocation/invoker.ts';
import type { ResolvedFunction } from '../state/function-directory.ts';
import type { MappingConfig } from './mapping-config.ts';
import { createStreamLane, type StreamLane } from './stream-lane.ts';

/** How far a stream is read ahead of its slowest lane. */
const MAX_READ_AHEAD = 10_000;

export interface StreamLanes {
  /** Gives a record that the filters let through to the lane of its item. */
  handOut(record: StreamRecord): void;
  pump(): void;
  areIdle(): boolean;
  haveRoom(): boolean;
  inspect(): readonly ReturnType<StreamLane['inspect']>[];
}

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

/** `parallelization` ordered lanes. */
export const createStreamLanes = (
  world: World,
  invoker: Invoker,
  config: MappingConfig,
  resolve: () => ResolvedFunction,
  onProgress: () => void,
): StreamLanes => {
  const lanes = Array.from({ length: config.parallelization }, () =>
    createStreamLane(world, invoker, config, resolve, onProgress),
  );
  return {
    handOut: (record) => {
      if (!passesFilter(config.patterns, record.record)) return;
      const lane = lanes[laneIndex(record, lanes.length)];
      lane?.push({ ...record, record: { ...record.record, eventSourceARN: config.sourceArn } });
    },
    pump: () => {
      for (const lane of lanes) lane.pump();
    },
    areIdle: () => lanes.every((lane) => lane.isIdle()),
    haveRoom: () => lanes.every((lane) => lane.waiting() < MAX_READ_AHEAD),
    inspect: () => lanes.map((lane) => lane.inspect()),
  };
};
