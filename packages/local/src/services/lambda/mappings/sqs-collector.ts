import type { World } from '../../../core/world.ts';
import { MAX_REQUEST_BYTES } from '../invocation/invoker.ts';
import type { MappingConfig } from './mapping-config.ts';
import { type Gathered, queueNameOf } from './sqs-batch.ts';

/** Gathers messages until there are enough for a batch, a request could hold no more, or the batching window is over. */
export interface SqsCollector {
  add(one: Gathered): void;
  /** After the messages of one receive: ends the batch, or opens its window. */
  received(): void;
  /** How many the batch still takes. */
  room(): number;
  size(): number;
}

const EMPTY_REQUEST_BYTES = '{"Records":[]}'.length;

export const createSqsCollector = (
  world: World,
  config: MappingConfig,
  onBatch: (batch: readonly Gathered[]) => void,
  onWindowOver: () => void,
): SqsCollector => {
  let gathered: Gathered[] = [];
  let gatheredBytes = 0;
  let windowEndsAtMs: number | undefined;

  const flush = (): void => {
    const batch = gathered;
    windowEndsAtMs = undefined;
    gathered = [];
    gatheredBytes = 0;
    if (batch.length > 0) onBatch(batch);
  };

  const openWindow = (): void => {
    if (windowEndsAtMs !== undefined) return;
    const dueAtMs = world.clock.now() + config.windowMs;
    windowEndsAtMs = dueAtMs;
    const subject = queueNameOf(config);
    world.agenda.schedule({ dueAtMs, kind: 'pending', what: 'end batching window', subject }, () => {
      if (windowEndsAtMs !== dueAtMs) return;
      flush();
      onWindowOver();
    });
  };

  return {
    add: (one) => {
      if (gatheredBytes + one.bytes + EMPTY_REQUEST_BYTES > MAX_REQUEST_BYTES) flush();
      gathered.push(one);
      gatheredBytes += one.bytes;
    },
    received: () => {
      if (gathered.length === 0) return;
      if (gathered.length >= config.batchSize || config.windowMs === 0) flush();
      else openWindow();
    },
    room: () => config.batchSize - gathered.length,
    size: () => gathered.length,
  };
};
