import type { Task, TaskKind } from '../../../core/agenda/task.ts';
import type { World } from '../../../core/world.ts';
import { type QueueAttributes, settingOf } from './queue-settings.ts';
import { createQueueState, type QueueState } from './queue-state.ts';

/** Retention is counted in seconds. */
const EXPIRY_STEP_MS = 1000;

/** A queue: its state, its attributes, and on the agenda the moment at which its hidden messages come back. */
export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  readonly state: QueueState;
  attributes: QueueAttributes;
  changedAtMs: number;
  /** Calls back whenever a message may have become visible. */
  onVisible(notify: () => void): () => void;
  /** After messages were taken: plans when the hidden ones come back. */
  plan(): void;
  /** After messages were added or given back: the same, and wakes readers when something is visible. */
  changed(): void;
  /** Drops what is past the retention period. */
  expire(): void;
}

export const createQueue = (world: World, name: string, arn: string, attributes: QueueAttributes): Queue => {
  const { agenda, clock } = world;
  const state = createQueueState();
  const listeners = new Set<() => void>();
  const wakes: Partial<Record<'delayed' | 'inFlight', Task>> = {};
  let expiredAtMs = clock.now();

  /** Messages that come back to a queue with a reader are pending work; delays and unread queues are not. */
  const kindOf = (phase: 'delayed' | 'inFlight'): TaskKind =>
    phase === 'inFlight' && listeners.size > 0 ? 'pending' : 'planned';

  const wakeAt = (phase: 'delayed' | 'inFlight', what: string, wake: () => void) => {
    const dueAtMs = state.nextVisibleAtMs(phase);
    const planned = wakes[phase];
    if (planned?.dueAtMs === dueAtMs && planned?.kind === kindOf(phase)) return;
    if (planned) agenda.cancel(planned);
    delete wakes[phase];
    if (dueAtMs === undefined) return;
    wakes[phase] = agenda.schedule({ dueAtMs, kind: kindOf(phase), what, subject: name }, () => {
      delete wakes[phase];
      wake();
    });
  };

  const plan = () => {
    wakeAt('delayed', 'end message delay', changed);
    wakeAt('inFlight', 'return message', changed);
  };

  const changed = () => {
    const { visible } = state.counts(clock.now());
    plan();
    if (visible === 0) return;
    for (const notify of [...listeners]) notify();
  };

  const queue: Queue = {
    name,
    arn,
    createdAtMs: clock.now(),
    state,
    attributes,
    changedAtMs: clock.now(),
    onVisible: (notify) => {
      listeners.add(notify);
      return () => {
        listeners.delete(notify);
      };
    },
    plan,
    changed,
    expire: () => {
      const nowMs = clock.now();
      if (nowMs - expiredAtMs < EXPIRY_STEP_MS) return;
      expiredAtMs = nowMs;
      state.expire(nowMs - settingOf(queue.attributes, 'MessageRetentionPeriod') * 1000);
    },
  };
  return queue;
};
