import type { Agenda } from '../core/agenda.ts';
import type { MovableClock } from '../core/clock.ts';
import type { Gate, GateKind } from '../core/gate.ts';
import type { Disturber } from './disturbance.ts';
import type { Standstill } from './standstill.ts';
import type { Trace } from './trace.ts';

/** Something at a gate. */
interface Arrival {
  readonly kind: GateKind;
  readonly subject: string;
  readonly content: string | undefined;
  readonly open: () => void;
}

/** One thing that can happen now. */
interface Candidate {
  readonly kind: string;
  readonly subject: string;
  readonly content?: string | undefined;
  readonly begin: () => void;
}

export interface SchedulerOptions {
  readonly clock: MovableClock;
  readonly agenda: () => Agenda;
  readonly trace: Trace;
  readonly standstill: Standstill;
  readonly disturber: Disturber;
}

export interface Scheduler {
  readonly gate: Gate;
  /**
   * Lets one thing happen; the clock moves to the next time at which one can when none can now. False when there is none
   * until `untilMs`; the clock is not moved then. To be called at a standstill.
   */
  step(untilMs: number): boolean;
  /** What waits at gates, as `<kind> <subject>`. */
  waiting(): readonly string[];
}

const byName = (a: Arrival, b: Arrival): number => {
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  if (a.subject !== b.subject) return a.subject < b.subject ? -1 : 1;
  return 0;
};

/** What stands at the gates, and from when on it may pass. */
const createQueue = ({ clock, disturber }: SchedulerOptions) => {
  /** Without that time yet: in which turn of the loop each came must not matter. */
  let arrived: Arrival[] = [];
  let waiting: (Arrival & { readonly readyAtMs: number })[] = [];
  return {
    add: (arrival: Arrival) => {
      arrived.push(arrival);
    },
    admit: () => {
      const nowMs = clock.now();
      for (const each of arrived.sort(byName)) {
        waiting.push({ ...each, readyAtMs: nowMs + disturber.delayOf(each.kind) });
      }
      arrived = [];
    },
    ready: (): readonly Candidate[] =>
      waiting
        .filter(({ readyAtMs }) => readyAtMs <= clock.now())
        .map((each) => ({
          ...each,
          begin: () => {
            const first = waiting.find(({ kind, subject }) => kind === each.kind && subject === each.subject);
            if (first !== each) disturber.happened(`overtaken: ${each.kind}`);
            waiting = waiting.filter((other) => other !== each);
            each.open();
          },
        })),
    nextAtMs: (): number => Math.min(...waiting.map(({ readyAtMs }) => readyAtMs)),
    names: (): readonly string[] => [...arrived, ...waiting].map(({ kind, subject }) => `${kind} ${subject}`),
  };
};

const dueTasks = (agenda: Agenda, nowMs: number): readonly Candidate[] => {
  if (agenda.soonestMs() > nowMs) return [];
  const due = agenda.pending().filter(({ dueAtMs }) => dueAtMs <= nowMs);
  return due.map((task) => ({
    kind: 'due',
    subject: `${task.what} ${task.subject}`,
    begin: () => {
      agenda.begin(task);
    },
  }));
};

/** Opens one gate at a time, by chance, when everything else stands still. */
export const createScheduler = (options: SchedulerOptions): Scheduler => {
  const { clock, agenda, trace, standstill, disturber } = options;
  const { chance } = disturber;
  const queue = createQueue(options);
  return {
    gate: {
      pass: (kind, subject, content) => new Promise((open) => queue.add({ kind, subject, content, open })),
      repeats: disturber.repeats,
      batch: disturber.batchOf,
      outside: (begin) => standstill.during('a question to the engine', begin),
    },
    step: (untilMs) => {
      queue.admit();
      for (;;) {
        const possible = [...dueTasks(agenda(), clock.now()), ...queue.ready()];
        const chosen = possible[Math.floor(chance.next() * possible.length)];
        if (chosen) {
          trace.note(clock.now(), chosen.kind, chosen.subject, chosen.content);
          chosen.begin();
          return true;
        }
        const nextMs = Math.min(agenda().soonestMs(), queue.nextAtMs());
        if (nextMs > untilMs || nextMs === Number.POSITIVE_INFINITY) return false;
        clock.set(nextMs);
      }
    },
    waiting: queue.names,
  };
};
