// @ts-check
// Plain JavaScript on purpose: stripping types costs every cold start about 30 ms and every environment about 10 MB.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { captureOutput } from './capture-output.js';
import { errorDocument } from './error-document.js';
import { invokeHandler, refuseCallbackHandler } from './invoke-handler.js';
import { loadHandler } from './load-handler.js';
import { loadAsOnLambda } from './task-modules.js';

if (!parentPort) throw new Error('an execution environment runs as a worker thread');
const port = parentPort;
const signal = new Int32Array(workerData.signal);
/** @type {import('./invoke-handler.js').Invocation | undefined} */
let current;

/** @type {import('../../core/clock.ts').ClockFace | undefined} */
const clock = workerData.clock;
let timeIsKept = false;

/** Costs nothing while the clock shows real time, which is what it does unless somebody moves it. */
const keepTime = async () => {
  if (timeIsKept || !clock || new Float64Array(clock.buffer)[0] === 0) return;
  timeIsKept = true;
  (await import('./time.js')).keepTime(clock);
};

const flushOutput = captureOutput((level, line) => port.postMessage(['log', current?.[0] ?? '', level, line]));

/** @param {unknown} error @param {string} [errorType] */
const crash = (error, errorType) => {
  flushOutput();
  port.postMessage(['crashed', errorDocument(error, errorType)]);
};
process.on('uncaughtException', (error) => crash(error));
process.on('unhandledRejection', (reason) => crash(reason, 'Runtime.UnhandledPromiseRejection'));

const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Freezes the thread until the next invocation, as Lambda freezes an environment: no timer and no socket moves.
 * @returns {import('./invoke-handler.js').Invocation}
 */
const nextInvocation = () => {
  for (;;) {
    const seen = Atomics.load(signal, 0);
    const received = receiveMessageOnPort(port);
    if (received) return received.message;
    Atomics.wait(signal, 0, seen);
  }
};

/** @param {string} kind @param {string} payload */
const answer = (kind, payload) => {
  flushOutput();
  port.postMessage([kind, payload]);
  current = undefined;
};

/**
 * Behind an answer: two turns let datagrams of the tracing client leave, and show what ends the environment. Only then may
 * it be used again.
 */
const rest = async () => {
  await turnOfTheLoop();
  await turnOfTheLoop();
  port.postMessage(['rested']);
};

/** @param {Function} handler */
const serve = async (handler) => {
  for (;;) {
    current = nextInvocation();
    await keepTime();
    // Two turns let the loop notice what happened to sockets while it was frozen, before the handler reuses one.
    await turnOfTheLoop();
    await turnOfTheLoop();
    try {
      answer('answered', await invokeHandler(handler, current));
    } catch (error) {
      const document = errorDocument(error);
      console.error(`Invoke Error\t${document}`);
      answer('failed', document);
    }
    await rest();
  }
};

// A handler whose promise never settles, with nothing left to wait for, answers null on Lambda.
process.on('beforeExit', () => {
  if (!current) return;
  answer('answered', 'null');
  void rest().then(() => serve(ready));
});

/** @type {Function} */
let ready;
try {
  await keepTime();
  if (workerData.resolver) (await import('./resolver.js')).resolveBy(workerData.resolver);
  const taskRoot = process.env.LAMBDA_TASK_ROOT ?? '';
  loadAsOnLambda(taskRoot);
  ready = await loadHandler(taskRoot, process.env._HANDLER ?? '');
  refuseCallbackHandler(ready);
  port.postMessage(['ready']);
  void serve(ready);
} catch (error) {
  flushOutput();
  port.postMessage(['crashed', errorDocument(error)]);
}
