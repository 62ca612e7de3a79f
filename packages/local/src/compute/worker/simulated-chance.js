// @ts-check
import crypto from 'node:crypto';
import { needState } from './simulated-state.js';

/** mulberry32, as in core/random.ts: 32 bits that follow from the environment's seed. */
const next = () => {
  const state = needState();
  state.seed = (state.seed + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state.seed ^ (state.seed >>> 15), 1 | state.seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return (mixed ^ (mixed >>> 14)) >>> 0;
};

/** @template {ArrayBufferView} T @param {T} view @param {number} [offset] @param {number} [size] @returns {T} */
const fill = (view, offset = 0, size = view.byteLength - offset) => {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + offset, size);
  for (let index = 0; index < bytes.length; index++) bytes[index] = next() & 0xff;
  return view;
};

/** @param {Function} make */
const withCallback =
  (make) =>
  /** @param {...any} values */
  (...values) => {
    const callback = values.at(-1);
    if (typeof callback !== 'function') return make(...values);
    const made = make(...values.slice(0, -1));
    process.nextTick(callback, null, made);
    return undefined;
  };

const randomUUID = () => {
  const bytes = fill(Buffer.alloc(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** @param {number} least @param {number} [bound] */
const randomInt = (least, bound) => {
  const [from, to] = bound === undefined ? [0, least] : [least, bound];
  return from + Math.floor((next() / 2 ** 32) * (to - from));
};

/** @param {object} owner @param {Record<string, unknown>} members */
const define = (owner, members) => {
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(owner, name, { value, configurable: true, writable: true, enumerable: true });
  }
};

/** Makes every source of chance follow from the seed of the environment at work. */
export const replaceChance = () => {
  Math.random = () => next() / 2 ** 32;
  define(crypto, {
    randomBytes: withCallback((/** @type {number} */ size) => fill(Buffer.alloc(size))),
    randomFillSync: fill,
    randomFill: withCallback(fill),
    randomInt: withCallback(randomInt),
    randomUUID,
  });
  // `crypto.getRandomValues` itself looks here.
  define(crypto.webcrypto, { randomUUID, getRandomValues: fill });
};
