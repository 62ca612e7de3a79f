// @ts-check

/** @typedef {{ dueMs: number, repeats: boolean, run: Function, wakes(): boolean, refresh(): unknown, close(): unknown }} WaitingTimer */
/** @typedef {import('node:stream').Writable & { timer?: Parameters<typeof clearTimeout>[0] }} WaitingCall */

/**
 * What belongs to one environment. Several may live in one thread: only one of them works at a time, and what is
 * replaced for simulation (time, timers, chance, HTTP) serves the one that does.
 * @typedef {object} State
 * @property {Record<string, string | undefined>} variables
 * @property {() => number} now The time as this environment's host sees it.
 * @property {number} skewMs How far that is ahead of the runtime's.
 * @property {number} startedAtMs
 * @property {number} seed
 * @property {Map<number, WaitingTimer>} timers
 * @property {number} lastTimer
 * @property {Map<number, WaitingCall>} calls
 * @property {number} lastCall
 * @property {unknown[]} said What this step has to say; sent when it ends, in one message.
 * @property {import('./invoke-handler.js').Invocation | undefined} current
 * @property {Function | undefined} handler
 * @property {boolean} hasExited
 * @property {Map<PropertyKey, PropertyDescriptor>} globals What its code has added to `globalThis`.
 */

/**
 * @param {{ variables: Record<string, string>, clock: SharedArrayBuffer, seed: number, skewMs: number }} given
 * @returns {State}
 */
export const createState = ({ variables, clock, seed, skewMs }) => {
  const face = new Float64Array(clock);
  const now = () => (face[0] ?? 0) + skewMs;
  return {
    variables: { ...variables },
    now,
    skewMs,
    startedAtMs: now(),
    seed: seed >>> 0,
    timers: new Map(),
    lastTimer: 0,
    calls: new Map(),
    lastCall: 0,
    said: [],
    current: undefined,
    handler: undefined,
    hasExited: false,
    globals: new Map(),
  };
};

/** @type {State | undefined} */
let working;
/** @type {ReadonlySet<PropertyKey>} */
let common = new Set();

/** The environment whose step this is; undefined while the thread itself starts. */
export const workingState = () => working;

export const needState = () => {
  if (!working) throw new Error('no environment is at work');
  return working;
};

/** From now on, what is new in `globalThis` belongs to the environment that adds it. */
export const markCommonGlobals = () => {
  common = new Set(Reflect.ownKeys(globalThis));
};

/** @param {State} state */
export const beginWork = (state) => {
  working = state;
  process.env = state.variables;
  for (const [key, descriptor] of state.globals) Object.defineProperty(globalThis, key, descriptor);
};

export const endWork = () => {
  const state = needState();
  for (const key of Reflect.ownKeys(globalThis)) {
    const descriptor = common.has(key) ? undefined : Reflect.getOwnPropertyDescriptor(globalThis, key);
    if (!descriptor?.configurable) continue;
    state.globals.set(key, descriptor);
    Reflect.deleteProperty(globalThis, key);
  }
  working = undefined;
};

/** @param {unknown} message */
export const say = (message) => {
  const state = needState();
  if (!state.hasExited) state.said.push(message);
};
