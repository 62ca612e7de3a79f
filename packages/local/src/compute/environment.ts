import { patience } from '../core/patience.ts';
import type { World } from '../core/world.ts';
import { INIT_TIMEOUT_MS, type Settled } from './ending.ts';
import { type Phase, startLife } from './worker-life.ts';
import type { Invocation, WorkerPlan } from './worker-thread.ts';

/** What an execution environment is made from. */
export interface EnvironmentPlan extends WorkerPlan {
  readonly id: string;
}

export interface OutputLine {
  readonly environmentId: string;
  readonly functionName: string;
  /** Empty during the init phase. */
  readonly requestId: string;
  readonly traceHeader: string;
  readonly level: string;
  readonly text: string;
}

export interface Outcome extends Settled {
  readonly durationMs: number;
  readonly environmentId: string;
  readonly coldStart: boolean;
  readonly initDurationMs?: number;
}

export interface Environment {
  readonly plan: EnvironmentPlan;
  /** Whether it can take another invocation. */
  usable(): boolean;
  /** Resolves when it is initialised, or has failed to; running it does so anyway. */
  warmUp(): Promise<void>;
  run(invocation: Invocation): Promise<Outcome>;
  /** Resolves when what runs behind the last answer is over: only then is it known whether it is usable. */
  rested(): Promise<void>;
  /** Ends it in the middle of what it does: an invocation under way is answered with an error. */
  kill(): void;
  terminate(): Promise<void>;
}

export const startEnvironment = (
  world: Pick<World, 'clock' | 'agenda' | 'debugging'>,
  plan: EnvironmentPlan,
  onOutput: (line: OutputLine) => void,
  onGone: (environment: Environment) => void,
): Environment => {
  const { id: environmentId, functionName } = plan;
  const life = startLife(world, plan, {
    onLine: (requestId, traceHeader, level, text) =>
      onOutput({ environmentId, functionName, requestId, traceHeader, level, text }),
    onGone: () => onGone(environment),
  });
  let invocations = 0;

  /** Ends the environment when `work` is not done in time. */
  const guarded = async (timeoutMs: number, work: Promise<unknown>): Promise<void> => {
    const guard = world.agenda.schedule(
      {
        dueAtMs: world.clock.now() + patience(world, timeoutMs),
        kind: 'planned',
        what: 'time out',
        subject: functionName,
      },
      () => life.timeOut(timeoutMs),
    );
    await work;
    world.agenda.cancel(guard);
  };

  const warmUp = async (): Promise<Phase> => {
    if (life.phase().kind === 'starting') await guarded(INIT_TIMEOUT_MS, life.initialised);
    return life.phase();
  };

  /** What came too late for a crashed worker gets the crash; `phase` is where it was before. */
  const settle = async (invocation: Invocation, settled: Promise<Settled>, phase: Phase): Promise<Settled> => {
    if (phase.kind === 'crashed') {
      const late: Settled = { status: 'error', payload: phase.payload };
      return Promise.race([settled, Promise.resolve(late)]);
    }
    life.send({ ...invocation, timeoutMs: patience(world, invocation.timeoutMs) });
    await guarded(invocation.timeoutMs, settled);
    return settled;
  };

  const environment: Environment = {
    plan,
    usable: () => ['starting', 'ready'].includes(life.phase().kind),
    terminate: life.terminate,
    rested: life.rested,
    kill: life.kill,
    warmUp: async () => {
      await warmUp();
    },
    run: async (invocation) => {
      const coldStart = invocations++ === 0;
      const settled = life.begin(invocation);
      const phase = await warmUp();
      const beganAtMs = world.clock.now();
      return {
        ...(await settle(invocation, settled, phase)),
        durationMs: world.clock.now() - beganAtMs,
        environmentId,
        coldStart,
        ...(coldStart && phase.kind === 'ready' ? { initDurationMs: phase.initDurationMs } : {}),
      };
    },
  };
  return environment;
};
