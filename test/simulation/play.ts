import { RESTLESS, type StepThreads, seededRandom, startSimulation } from '@archipelago/local/simulation';
import { createDrops, NOTHING, type Without } from './campaign/drops.ts';
import type { Shrinkable } from './campaign/shrink.ts';
import { collect, listsAgree } from './collect.ts';
import { createFaults, type Faults } from './faults.ts';
import { type History, isFinal, type QueueSeen } from './history.ts';
import { createObserver } from './observer.ts';
import { isDeadLetterQueue } from './oracle/dead-letter-queue.ts';
import { createStockWatch } from './oracle/stock-watch.ts';
import type { Violation } from './oracle/violation.ts';
import { judge } from './oracle.ts';
import { createParkedMessages, type ParkedMessages } from './parked-messages.ts';
import { queuesOf } from './queue-desk.ts';
import { createStage, lookAround, type Scenario, type Stage } from './stage.ts';

export interface Remark {
  readonly atMs: number;
  readonly text: string;
}

export interface Played {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly startedAtMs: number;
  readonly history: History;
  readonly violations: readonly Violation[];
  /** When faults began and ended. */
  readonly remarks: readonly Remark[];
  readonly fired: ReadonlyMap<string, number>;
  readonly virtualMs: number;
  readonly steps: number;
  readonly hash: string;
  /** How many pieces the story had. */
  readonly counts: Shrinkable['counts'];
}

export interface PlayOptions {
  readonly assemblyFolder: string;
  /** A release that serves beside it. */
  readonly beside?: string;
  readonly scenario: Scenario;
  readonly seed: number;
  readonly threads?: StepThreads;
  readonly onNote?: (line: string) => void;
  /** What the story does without. */
  readonly without?: Without;
}

/** Faults that come about by themselves, by what an answer of AWS says. */
const SIGNS = [
  ['transactions met', 'TransactionConflict'],
  ['queue gone', 'QueueDoesNotExist'],
] as const;

/** The longest wait between two tries of a step, and what it needs itself. */
const LIVENESS_MS = 960_000;
const LOOK_MS = 20_000;

const areFinal = ({ records: { orders } }: Stage): boolean =>
  [...orders.values()].every(({ sightings }) => isFinal(sightings.at(-1)?.status ?? ''));

/** A message may be on its way to a queue, and a list behind. The lists are last: what is under way may change them. */
const isCalm = async (stage: Stage): Promise<boolean> =>
  areFinal(stage) &&
  (await stage.simulation.runUntilQuiet({ maxVirtualMs: LOOK_MS })).quiet &&
  (await listsAgree(stage));

/**
 * With faults off: until every order is final and no message waits or is parked, or the time for that is over. Answers what the queues
 * hold then, and not when all else has been looked at: by then the timer of an order that is long final may be due.
 */
const settle = async (stage: Stage, parked: ParkedMessages): Promise<readonly QueueSeen[]> => {
  const { clock } = stage.simulation.world;
  const untilMs = clock.now() + LIVENESS_MS;
  for (;;) {
    await stage.simulation.sleep(LOOK_MS);
    await lookAround(stage);
    const calm = await isCalm(stage);
    const queues = await queuesOf(stage);
    const drained = queues.every(({ name }) => isDeadLetterQueue(name));
    const allSent = parked.services().size === 0;
    if ((calm && drained && allSent) || clock.now() >= untilMs) return queues;
  }
};

const perform = async (
  stage: Stage,
  scenario: Scenario,
  faults: Faults,
  parked: ParkedMessages,
): Promise<readonly QueueSeen[]> => {
  await scenario.play(stage);
  faults.end();
  return settle(stage, parked);
};

/** One run: the scenario with its faults, then without any until all has settled, then the oracle. */
export const play = async (options: PlayOptions): Promise<Played> => {
  const { assemblyFolder, scenario, seed, threads, onNote, without = NOTHING } = options;
  const drops = createDrops(without);
  const beside = options.beside ?? (scenario.twoReleases && assemblyFolder);
  const remarks: Remark[] = [];
  let nowMs = () => 0;
  const faults = createFaults(
    (text) => remarks.push({ atMs: nowMs(), text }),
    () => drops.keeps('fault'),
  );
  const observer = createObserver(() => nowMs());
  const stockWatch = createStockWatch();
  const simulation = await startSimulation({
    assemblyFolder,
    ...(beside && { beside }),
    seed,
    disturbance: { ...RESTLESS, ...scenario.disturbance, ...drops.calmed },
    onRarity: faults.count,
    interceptor: {
      intercept: faults.intercept,
      onAnswer: (call, answer) => {
        observer.onAnswer(call, answer);
        stockWatch.onAnswer(call, answer);
        for (const [name, sign] of SIGNS) if (answer.status === 400 && answer.body.includes(sign)) faults.count(name);
      },
    },
    ...(threads && { threads }),
    ...(scenario.variables && { variables: scenario.variables }),
    ...(onNote && { onNote }),
  });
  nowMs = simulation.world.clock.now;
  simulation.onStep(() => stockWatch.look(simulation.world));
  const parked = createParkedMessages();
  simulation.world.journal.subscribe((kind, { functionName, message, data }) => {
    if (kind !== 'logs') return;
    observer.written.push({ where: String(functionName), text: JSON.stringify(data ?? message) });
    parked.note(data);
  });
  const startedAtMs = nowMs();
  try {
    const chance = seededRandom(Math.imul(seed, 0x85ebca6b));
    const stage = await createStage(simulation, faults, chance.next, drops);
    const queues = await perform(stage, scenario, faults, parked);
    const seen = await collect(stage, observer, queues, scenario.endsPatience);
    const history = { ...seen, stock: stockWatch.moments };
    return {
      scenario,
      seed,
      startedAtMs,
      history,
      violations: judge(history),
      remarks,
      fired: faults.fired(),
      virtualMs: nowMs() - startedAtMs,
      steps: simulation.steps(),
      hash: simulation.traceHash(),
      counts: drops.counts(),
    };
  } finally {
    await simulation.stop();
  }
};
