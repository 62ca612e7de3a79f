// @ts-check
import { getEventListeners } from 'node:events';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import { needState, workingState } from './simulated-state.js';
import { replaceDate } from './time.js';

class Timer {
  /** @param {Function} run @param {unknown} delayMs @param {boolean} repeats */
  constructor(run, delayMs, repeats) {
    const ms = Math.trunc(Number(delayMs));
    this.state = needState();
    this.id = ++this.state.lastTimer;
    this.run = run;
    this.repeats = repeats;
    this.delayMs = ms >= 1 && ms < 2 ** 31 ? ms : 1;
    this.dueMs = 0;
    /** False when nothing waits for it: it needs no step of its own. @type {() => boolean} */
    this.wakes = () => true;
    this.refresh();
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  hasRef() {
    return true;
  }
  refresh() {
    this.dueMs = Date.now() + this.delayMs;
    this.state.timers.set(this.id, this);
    return this;
  }
  close() {
    this.state.timers.delete(this.id);
    return this;
  }
  [Symbol.toPrimitive]() {
    return this.id;
  }
  [Symbol.dispose]() {
    this.close();
  }
}

/** @param {boolean} repeats */
const setter =
  (repeats) =>
  /** @param {Function} run @param {unknown} [delayMs] @param {...unknown} values */
  (run, delayMs, ...values) =>
    new Timer(() => run(...values), delayMs, repeats);

/** @param {unknown} timer */
const clear = (timer) => {
  if (timer instanceof Timer) timer.close();
  else needState().timers.delete(Number(timer));
};

/**
 * `setTimeout` of `node:timers/promises`.
 * @param {number} [delayMs]
 * @param {unknown} [value]
 * @param {{ signal?: AbortSignal }} [options]
 */
const sleep = (delayMs, value, { signal } = {}) =>
  new Promise((resolve, reject) => {
    const abort = () => {
      timer.close();
      reject(new DOMException('The operation was aborted', { name: 'AbortError', cause: signal?.reason }));
    };
    const wake = () => {
      signal?.removeEventListener('abort', abort);
      resolve(value);
    };
    const timer = new Timer(wake, delayMs, false);
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });

/** `setInterval` of `node:timers/promises`. @param {number} [delayMs] @param {unknown} [value] */
async function* beat(delayMs, value) {
  for (;;) yield await sleep(delayMs, value);
}

/** Signals that another signal follows. @type {WeakSet<AbortSignal>} */
const combined = new WeakSet();

/** @param {AbortSignal} signal */
const isAwaited = (signal) =>
  combined.has(signal) || signal.onabort !== null || getEventListeners(signal, 'abort').length > 0;

/** @param {number} delayMs */
const timeoutSignal = (delayMs) => {
  const controller = new AbortController();
  const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  const timer = new Timer(() => controller.abort(reason), delayMs, false);
  timer.wakes = () => isAwaited(controller.signal);
  return controller.signal;
};

const replaceTimers = () => {
  const setTimeout = Object.assign(setter(false), { [promisify.custom]: sleep });
  const replaced = { setTimeout, setInterval: setter(true), clearTimeout: clear, clearInterval: clear };
  Object.assign(globalThis, replaced);
  Object.assign(timers, replaced);
  Object.assign(timersPromises, { setTimeout: sleep, setInterval: beat });
  Object.assign(timersPromises.scheduler, { wait: (/** @type {number} */ delayMs) => sleep(delayMs) });
  AbortSignal.timeout = timeoutSignal;
  const { any } = AbortSignal;
  AbortSignal.any = (signals) => {
    const all = [...signals];
    for (const signal of all) combined.add(signal);
    return any.call(AbortSignal, all);
  };
};

/** What counts from the start of a process counts by the same clock. */
const replaceCounters = () => {
  const realNow = performance.now.bind(performance);
  const elapsedMs = () => {
    const state = workingState();
    return state ? Date.now() - state.startedAtMs : realNow();
  };
  performance.now = elapsedMs;
  Object.defineProperty(performance, 'timeOrigin', { get: () => workingState()?.startedAtMs ?? 0 });
  /** @param {[number, number]} [since] @returns {[number, number]} */
  const hrtime = (since) => {
    const nanoseconds = elapsedMs() * 1e6 - (since ? since[0] * 1e9 + since[1] : 0);
    return [Math.floor(nanoseconds / 1e9), nanoseconds % 1e9];
  };
  process.hrtime = Object.assign(hrtime, { bigint: () => BigInt(elapsedMs()) * 1_000_000n });
  process.uptime = () => elapsedMs() / 1000;
};

const soonest = () => {
  /** @type {import('./simulated-state.js').WaitingTimer | undefined} */
  let first;
  for (const timer of needState().timers.values()) {
    if ((!first || timer.dueMs < first.dueMs) && timer.wakes()) first = timer;
  }
  return first;
};

/**
 * Timers fire when the scheduler says so, by the clock that it moves; `setImmediate` stays as it is. `performance` and
 * `process` count by that clock too.
 */
export const replaceTime = () => {
  replaceDate((realNow) => workingState()?.now() ?? realNow());
  replaceTimers();
  replaceCounters();
};

/** When the next timer fires, by the runtime's clock; undefined when none waits. */
export const nextTimerMs = () => {
  const timer = soonest();
  return timer && timer.dueMs - needState().skewMs;
};

/** Before anything else of a step: timeouts that passed while nothing waited for them. */
export const endQuietTimeouts = () => {
  for (const timer of [...needState().timers.values()]) {
    if (timer.dueMs > Date.now() || timer.wakes()) continue;
    timer.close();
    timer.run();
  }
};

/** Lets the first that is due fire; others that are due have a step of their own. */
export const runDueTimer = () => {
  const timer = soonest();
  if (!timer || timer.dueMs > Date.now()) return;
  if (timer.repeats) timer.refresh();
  else timer.close();
  process.nextTick(() => timer.run());
};
