import type { StreamRecord } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';
import type { Invoker } from '../invocation/invoker.ts';
import type { ResolvedFunction } from '../state/function-directory.ts';
import type { MappingConfig } from './mapping-config.ts';
import { createStreamAttempts } from './stream-attempt.ts';
import { type Batch, batchOf } from './stream-batch.ts';

/** Hands records over strictly in order: nothing goes past a batch that has neither succeeded nor reached its limits. */
export interface StreamLane {
  push(record: StreamRecord): void;
  /** Begins work if there is enough for a batch, or if `windowOver`. */
  pump(windowOver?: boolean): void;
  waiting(): number;
  /** Everything it was given is handled, or given up. */
  isIdle(): boolean;
  inspect(): { readonly waiting: number; readonly retrying: number; readonly discarded: number };
}

export const createStreamLane = (
  world: World,
  invoker: Invoker,
  config: MappingConfig,
  resolve: () => ResolvedFunction,
  onProgress: () => void,
): StreamLane => {
  const { attempt, discarded, tableName } = createStreamAttempts(world, invoker, config, resolve);
  const fresh: StreamRecord[] = [];
  /** What is left of the batch in hand, first to do first. */
  const inHand: Batch[] = [];
  let busy = false;
  let windowIsOpen = false;

  const later = (what: string, delayMs: number, run: () => void): void => {
    const dueAtMs = world.clock.now() + delayMs;
    world.agenda.schedule({ dueAtMs, kind: 'pending', what, subject: tableName }, run);
  };

  const work = async () => {
    for (let batch = inHand.shift(); batch; batch = inHand.shift()) {
      const verdict = await attempt(batch);
      if (verdict.kind === 'finished') continue;
      inHand.unshift(...verdict.batches);
      if (verdict.afterMs > 0) await new Promise<void>((resolve) => later('retry batch', verdict.afterMs, resolve));
    }
  };

  const openWindow = (): void => {
    if (windowIsOpen) return;
    windowIsOpen = true;
    later('end batching window', config.windowMs, () => {
      windowIsOpen = false;
      pump(true);
    });
  };

  const pump = (windowOver = false): void => {
    if (busy || fresh.length === 0) return;
    if (config.windowMs > 0 && fresh.length < config.batchSize && !windowOver) {
      openWindow();
      return;
    }
    busy = true;
    inHand.push(batchOf(fresh.splice(0, world.gate.batch(config.batchSize))));
    const handled = work().finally(() => {
      busy = false;
      pump();
      onProgress();
    });
    world.agenda.follow({ what: 'hand over records', subject: tableName }, handled);
  };

  return {
    push: (record) => {
      fresh.push(record);
    },
    pump,
    waiting: () => fresh.length,
    isIdle: () => !busy && fresh.length === 0,
    inspect: () => ({
      waiting: fresh.length,
      retrying: inHand.reduce((sum, { records }) => sum + records.length, 0),
      discarded: discarded(),
    }),
  };
};
