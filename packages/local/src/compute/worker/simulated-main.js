// @ts-check
// The entry of an environment under simulation: every input comes as a message of the scheduler, and between two of them
// the thread stands still. What it does in answer to one, a step, depends on nothing but that and the seed.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { captureOutput } from './capture-output.js';
import { errorDocument } from './error-document.js';
import { invokeHandler, refuseCallbackHandler } from './invoke-handler.js';
import { loadHandler } from './load-handler.js';
import { seedChance } from './simulated-chance.js';
import { createSimulatedHttp } from './simulated-http.js';
import { createSimulatedTimers } from './simulated-timers.js';
import { loadAsOnLambda } from './task-modules.js';
import { keepTime } from './time.js';

if (!parentPort) throw new Error('an execution environment runs as a worker thread');
const port = parentPort;
const signal = new Int32Array(workerData.signal);
const turnOfTheLoop = () => new Promise((resolve) => realSetImmediate(resolve));
const realSetImmediate = setImmediate;
/** @type {import('./invoke-handler.js').Invocation | undefined} */
let current;

/**
 * What a step has to say is sent when it ends, in one message: the order in which the main thread sees it cannot depend on
 * how fast this thread is.
 * @type {unknown[]}
 */
let said = [];
/** @param {unknown} message */
const say = (message) => said.push(message);

keepTime(workerData.clock);
seedChance(workerData.seed);
const timers = createSimulatedTimers();
const http = createSimulatedHttp(say);

const flushOutput = captureOutput((level, line) => say(['log', current?.[0] ?? '', level, line]));

/** @param {number | undefined | 'exits'} next */
const endStep = (next) => {
  flushOutput();
  port.postMessage([said, next]);
  said = [];
};

/** @param {unknown} error @param {string} [errorType] */
const crash = (error, errorType) => {
  flushOutput();
  say(['crashed', errorDocument(error, errorType)]);
};
process.on('uncaughtException', (error) => crash(error));
process.on('unhandledRejection', (reason) => crash(reason, 'Runtime.UnhandledPromiseRejection'));
process.on('exit', () => endStep('exits'));

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
  current = undefined;
};

/** @param {import('./invoke-handler.js').Invocation} invocation */
const invoke = async (invocation) => {
  current = invocation;
  try {
    answer('answered', await invokeHandler(ready, invocation));
  } catch (error) {
    const document = errorDocument(error);
    console.error(`Invoke Error\t${document}`);
    answer('failed', document);
  }
};

/** @param {readonly [string, ...any[]]} stimulus */
const take = ([kind, ...values]) => {
  if (kind === 'invoke') void invoke(values[0]);
  else if (kind === 'reply') http.reply(values[0], values[1]);
  else if (kind === 'timers') timers.runDue();
};

/** @returns {readonly (readonly [string, ...any[]])[]} */
const nextStimuli = () => {
  for (;;) {
    const seen = Atomics.load(signal, 0);
    const received = receiveMessageOnPort(port);
    if (received) return received.message;
    Atomics.wait(signal, 0, seen);
  }
};

const serve = async () => {
  for (;;) {
    for (const stimulus of nextStimuli()) take(stimulus);
    await untilCalm();
    // A handler whose promise never settles, with nothing left to wait for, answers null on Lambda.
    if (current && http.waiting() === 0 && timers.nextDueMs() === undefined) answer('answered', 'null');
    endStep(timers.nextDueMs());
  }
};

/** @type {Function} */
let ready;
const start = async () => {
  try {
    const taskRoot = process.env.LAMBDA_TASK_ROOT ?? '';
    loadAsOnLambda(taskRoot);
    ready = await loadHandler(taskRoot, process.env._HANDLER ?? '');
    refuseCallbackHandler(ready);
    say(['ready']);
  } catch (error) {
    flushOutput();
    say(['crashed', errorDocument(error)]);
  }
};
void start();
// Code that waits during its own start, for a call of its own, is answered like any other.
await untilCalm();
endStep(timers.nextDueMs());
await serve();
