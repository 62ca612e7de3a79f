import { exited, INIT_TIMEOUT_MS, type Settled, timedOut } from '../compute/ending.ts';
import type { Environment, EnvironmentPlan, Outcome, OutputLine } from '../compute/environment.ts';
import type { Invocation } from '../compute/worker-thread.ts';
import type { Task } from '../core/agenda/task.ts';
import type { World } from '../core/world.ts';
import type { Disturber } from './disturbance.ts';
import type { InProcessAnswer, InProcessHttp } from './in-process-http.ts';
import type { Interceptor } from './interception.ts';
import type { Standstill } from './standstill.ts';
import type { Call, Said, StepPlace, StepThreads, Stimulus } from './step-threads.ts';

const MINUTES_MS = 120_000;
const THAWED = 'an environment used again after minutes';

/** What simulated environments share. */
export interface Stage {
  readonly world: World;
  readonly standstill: Standstill;
  readonly http: InProcessHttp;
  readonly threads: StepThreads;
  readonly interceptor: Interceptor;
  readonly disturber: Disturber;
}

/** One environment from its start to its end. */
interface Life extends Stage {
  readonly plan: EnvironmentPlan;
  readonly onOutput: (line: OutputLine) => void;
  readonly onGone: () => void;
  readonly place: StepPlace;
  readonly initialised: PromiseWithResolvers<void>;
  readonly startedAtMs: number;
  /** Calls whose answer it no longer wants. */
  readonly abandoned: Set<number>;
  state: 'starting' | 'frozen' | 'awake' | 'dead';
  /** Answers that came while it was frozen. */
  held: Stimulus[];
  timer: Task | undefined;
  nextTimerMs: number | undefined;
  /** Since when it has been frozen. */
  frozenAtMs: number | undefined;
  invocations: number;
  current: Pick<Invocation, 'requestId' | 'traceHeader'>;
  initDurationMs: number | undefined;
  crashedWith: string | undefined;
  settle: ((settled: Settled) => void) | undefined;
}

const isDead = ({ state }: Life): boolean => state === 'dead';

const finish = (life: Life, settled: Settled): void => {
  life.settle?.(settled);
  life.settle = undefined;
};

const terminate = async (life: Life): Promise<void> => {
  life.state = 'dead';
  if (life.timer) life.world.agenda.cancel(life.timer);
  await life.place.end();
};

/** At once, and not when the thread has ended: that takes real time. */
const crash = (life: Life, payload: string): void => {
  if (isDead(life)) return;
  life.crashedWith ??= payload;
  void terminate(life);
  finish(life, { status: 'error', payload: life.crashedWith });
  life.initialised.resolve();
  life.onGone();
};

/** Timers of a frozen environment stand still. */
const planTimer = (life: Life): void => {
  const { agenda } = life.world;
  if (life.timer) agenda.cancel(life.timer);
  life.timer = undefined;
  if (isDead(life) || life.state === 'frozen' || life.nextTimerMs === undefined) return;
  const task = {
    dueAtMs: life.nextTimerMs,
    kind: 'planned',
    what: 'timer of',
    subject: life.plan.functionName,
  } as const;
  life.timer = agenda.schedule(task, () => life.place.stimulate([['timers']]));
};

const subjectOf = (functionName: string, { method, path, headers }: Call): string =>
  `${functionName} ${headers['x-amz-target'] ?? `${method} ${path}`}`;

const afterDelay = (life: Life, delayMs: number): Promise<void> => {
  const dueAtMs = life.world.clock.now() + delayMs;
  const task = { dueAtMs, kind: 'planned', what: 'end delay of', subject: life.plan.functionName } as const;
  return new Promise((resolve) => void life.world.agenda.schedule(task, resolve));
};

/** What a call comes to; undefined when there is no answer, or no environment that could take it. */
const outcomeOf = async (life: Life, request: Call): Promise<InProcessAnswer | undefined> => {
  const { http, interceptor } = life;
  const call = { functionName: life.plan.functionName, request };
  const send = async (sent: Call): Promise<InProcessAnswer> => {
    const answer = await http.request(sent);
    interceptor.onAnswer({ ...call, request: sent }, answer);
    return answer;
  };
  const fault = interceptor.intercept(call);
  if (!fault) return send(request);
  const { when, what } = fault;
  if (typeof what === 'object' && 'answerOf' in what) return what.answerOf(what.request && (await send(what.request)));
  const answer = when === 'after' ? await send(request) : undefined;
  if (what === 'silence') return undefined;
  if (what === 'kill') {
    crash(life, exited(life.current.requestId, 1, false));
    return undefined;
  }
  if (!('delayMs' in what)) return what;
  await afterDelay(life, what.delayMs);
  return answer ?? send(request);
};

/** A call takes effect though its environment ended meanwhile: it had been sent. */
const answerCall = async (life: Life, call: number, request: Call): Promise<void> => {
  const { gate } = life.world;
  const subject = subjectOf(life.plan.functionName, request);
  await gate.pass('call', subject, Buffer.from(request.body).toString());
  const answer = await outcomeOf(life, request);
  if (!answer) return;
  await gate.pass('reply', subject, `${answer.status} ${answer.body.toString()}`);
  if (isDead(life) || life.abandoned.delete(call)) return;
  if (life.state === 'frozen') life.held.push(['reply', call, answer]);
  else life.place.stimulate([['reply', call, answer]]);
};

const print = ({ plan, current, onOutput }: Life, requestId: string, level: string, text: string): void => {
  const traceHeader = requestId === current.requestId ? current.traceHeader : '';
  onOutput({ environmentId: plan.id, functionName: plan.functionName, requestId, traceHeader, level, text });
};

const take = (life: Life, said: Said): void => {
  switch (said[0]) {
    case 'ready':
      life.initDurationMs = life.world.clock.now() - life.startedAtMs;
      life.initialised.resolve();
      return;
    case 'log':
      print(life, said[1], said[2], said[3]);
      return;
    case 'call':
      void answerCall(life, said[1], said[2]);
      return;
    case 'abandoned':
      life.abandoned.add(said[1]);
      return;
    case 'answered':
    case 'failed':
      life.state = 'frozen';
      life.frozenAtMs = life.world.clock.now();
      finish(life, { status: said[0] === 'answered' ? 'ok' : 'error', payload: said[1] });
      return;
    case 'crashed':
      crash(life, said[1]);
      return;
    case 'exited':
      crash(life, exited(life.current.requestId, said[1], false));
  }
};

/** Runs `work` under a guard that ends the environment when the time is up. */
const guarded = async (life: Life, timeoutMs: number, work: Promise<unknown>): Promise<void> => {
  const { agenda, clock } = life.world;
  const dueAtMs = clock.now() + timeoutMs;
  const guard = agenda.schedule({ dueAtMs, kind: 'planned', what: 'time out', subject: life.plan.functionName }, () => {
    const ending = timedOut(life.current.requestId, timeoutMs);
    finish(life, ending);
    crash(life, ending.payload);
  });
  await work;
  agenda.cancel(guard);
};

const warmUp = async (life: Life): Promise<void> => {
  if (life.initDurationMs === undefined) await guarded(life, INIT_TIMEOUT_MS, life.initialised.promise);
};

const run = async (life: Life, invocation: Invocation): Promise<Outcome> => {
  const { clock, gate } = life.world;
  const { requestId, payload, timeoutMs, functionArn, traceHeader } = invocation;
  const coldStart = life.invocations++ === 0;
  life.current = invocation;
  const { promise: settled, resolve } = Promise.withResolvers<Settled>();
  life.settle = resolve;
  await warmUp(life);
  await gate.pass('invoke', life.plan.functionName, payload);
  const beganAtMs = clock.now();
  if (life.crashedWith === undefined) {
    life.state = 'awake';
    if (beganAtMs - (life.frozenAtMs ?? beganAtMs) >= MINUTES_MS) life.disturber.happened(THAWED);
    life.place.stimulate([...life.held, ['invoke', [requestId, payload, timeoutMs, functionArn, traceHeader]]]);
    life.held = [];
    await guarded(life, timeoutMs, settled);
  } else {
    finish(life, { status: 'error', payload: life.crashedWith });
  }
  return {
    ...(await settled),
    durationMs: clock.now() - beganAtMs,
    environmentId: life.plan.id,
    coldStart,
    ...(coldStart && life.initDurationMs !== undefined ? { initDurationMs: life.initDurationMs } : {}),
  };
};

/** An environment whose thread takes one step at a time, when the scheduler says so. */
export const startSimulatedEnvironment = (
  stage: Stage,
  plan: EnvironmentPlan,
  skewMs: number,
  onOutput: (line: OutputLine) => void,
  onGone: (environment: Environment) => void,
): Environment => {
  const { clock, random } = stage.world;
  const place = stage.threads.place({
    functionName: plan.functionName,
    variables: plan.variables,
    clock: clock.face,
    seed: Math.floor(random.next() * 2 ** 32),
    skewMs,
    standstill: stage.standstill,
    onStep: (said, nextTimerMs) => {
      if (isDead(life)) return;
      life.nextTimerMs = nextTimerMs;
      for (const each of said) take(life, each);
      planTimer(life);
    },
    onLost: (error) => crash(life, error),
  });
  const life: Life = {
    ...stage,
    plan,
    onOutput,
    onGone: () => onGone(environment),
    place,
    initialised: Promise.withResolvers(),
    startedAtMs: clock.now(),
    abandoned: new Set(),
    state: 'starting',
    held: [],
    timer: undefined,
    nextTimerMs: undefined,
    frozenAtMs: undefined,
    invocations: 0,
    current: { requestId: '', traceHeader: '' },
    initDurationMs: undefined,
    crashedWith: undefined,
    settle: undefined,
  };
  const environment: Environment = {
    plan,
    usable: () => !isDead(life),
    terminate: () => terminate(life),
    kill: () => crash(life, exited(life.current.requestId, 1, true)),
    warmUp: () => warmUp(life),
    run: (invocation) => run(life, invocation),
    // A step ends when nothing is left to run: what follows an answer came in the same step.
    rested: () => Promise.resolve(),
  };
  return environment;
};
