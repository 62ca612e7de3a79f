// @ts-check
// The entry of a thread for environments under simulation. All that reaches them comes as messages of the main thread, and
// between two of them the thread stands still. What an environment does in answer to one, a step, depends on nothing but
// that, its own past and its seed.
import { syncBuiltinESMExports } from 'node:module';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { captureOutput } from './capture-output.js';
import { errorDocument } from './error-document.js';
import { invokeHandler, refuseCallbackHandler } from './invoke-handler.js';
import { replaceChance } from './simulated-chance.js';
import { replaceNetwork, takeReply } from './simulated-http.js';
import { loadNew } from './simulated-loading.js';
import { replaceNames } from './simulated-names.js';
import { beginWork, createState, endWork, markCommonGlobals, needState, say, workingState } from './simulated-state.js';
import { endQuietTimeouts, nextTimerMs, replaceTime, runDueTimer } from './simulated-timers.js';

if (!parentPort) throw new Error('an execution environment runs as a worker thread');
const port = parentPort;
const signal = new Int32Array(workerData.signal);
const realSetImmediate = setImmediate;
const turnOfTheLoop = () => new Promise((resolve) => realSetImmediate(resolve));
/** @type {Map<string, import('./simulated-state.js').State>} */
const states = new Map();

replaceTime();
replaceChance();
replaceNetwork();
replaceNames();
syncBuiltinESMExports();
const flushOutput = captureOutput((level, line) => {
  if (workingState()) say(['log', needState().current?.[0] ?? '', level, line]);
});

/** Thrown to leave the code that called `process.exit`; what it still does counts for nothing. */
class Exit extends Error {}

process.exit = (code) => {
  flushOutput();
  say(['exited', Number(code ?? process.exitCode ?? 0)]);
  needState().hasExited = true;
  throw new Exit('process.exit');
};

/** @param {unknown} error @param {string} [errorType] */
const crash = (error, errorType) => {
  if (error instanceof Exit || !workingState()) return;
  flushOutput();
  say(['crashed', errorDocument(error, errorType)]);
};
process.on('uncaughtException', (error) => crash(error));
process.on('unhandledRejection', (reason) => crash(reason, 'Runtime.UnhandledPromiseRejection'));

/** Ports are how this thread receives; all else that is active is work of this step, such as a file that is read. */
const isAtWork = () => process.getActiveResourcesInfo().some((name) => name !== 'MessagePort');

const untilCalm = async () => {
  for (let calmTurns = 0; calmTurns < 2; ) {
    await turnOfTheLoop();
    calmTurns = isAtWork() ? 0 : calmTurns + 1;
  }
};

/** @param {string} kind @param {string} payload */
const answer = (kind, payload) => {
  flushOutput();
  say([kind, payload]);
  needState().current = undefined;
};

const load = async () => {
  const state = needState();
  const { LAMBDA_TASK_ROOT = '', _HANDLER = '' } = state.variables;
  try {
    state.handler = await loadNew(LAMBDA_TASK_ROOT, _HANDLER);
    refuseCallbackHandler(state.handler);
    say(['ready']);
  } catch (error) {
    crash(error);
  }
};

/** @param {import('./invoke-handler.js').Invocation} invocation */
const invoke = async (invocation) => {
  const state = needState();
  state.current = invocation;
  try {
    if (!state.handler) throw new Error('the environment has no handler');
    answer('answered', await invokeHandler(state.handler, invocation));
  } catch (error) {
    if (error instanceof Exit) return;
    const document = errorDocument(error);
    console.error(`Invoke Error\t${document}`);
    answer('failed', document);
  }
};

/** @param {readonly [string, ...any[]]} stimulus */
const take = ([kind, ...values]) => {
  if (kind === 'start') void load();
  else if (kind === 'invoke') void invoke(values[0]);
  else if (kind === 'reply') takeReply(values[0], values[1]);
  else if (kind === 'timers') runDueTimer();
};

/** @returns {readonly [id: string, stimuli: readonly (readonly [string, ...any[]])[]]} */
const nextStimuli = () => {
  for (;;) {
    const seen = Atomics.load(signal, 0);
    const received = receiveMessageOnPort(port);
    if (received) return received.message;
    Atomics.wait(signal, 0, seen);
  }
};

/** @param {string} id @param {readonly (readonly [string, ...any[]])[]} stimuli */
const step = async (id, stimuli) => {
  const [first] = stimuli;
  if (first?.[0] === 'start') states.set(id, createState(first[1]));
  const state = states.get(id);
  if (!state) return;
  beginWork(state);
  endQuietTimeouts();
  for (const stimulus of stimuli) take(stimulus);
  await untilCalm();
  // A handler whose promise never settles, with nothing left to wait for, answers null on Lambda.
  if (state.current && state.calls.size === 0 && nextTimerMs() === undefined) answer('answered', 'null');
  flushOutput();
  port.postMessage([id, state.said, nextTimerMs()]);
  state.said = [];
  endWork();
};

markCommonGlobals();
for (;;) {
  const [id, stimuli] = nextStimuli();
  if (stimuli[0]?.[0] === 'end') states.delete(id);
  else await step(id, stimuli);
}
