import { randomBytes } from 'node:crypto';

/** The only source of chance in the runtime, so that a seed can repeat a run. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** `bytes` random bytes as lower-case hex. */
  hex(bytes: number): string;
  /** RFC 9562 version 4. */
  uuid(): string;
}

const uuidOf = (hex: string) => {
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const randomFrom = (next: () => number, hex: (bytes: number) => string): Random => ({
  next,
  hex,
  uuid: () => uuidOf(hex(16)),
});

/** One call of the system for many ids: each request takes a dozen, and a call for each was a fifteenth of its cost. */
const POOL_BYTES = 4_096;

let pool = Buffer.alloc(0);

const take = (bytes: number): Buffer => {
  if (bytes > POOL_BYTES) return randomBytes(bytes);
  if (pool.length < bytes) pool = randomBytes(POOL_BYTES);
  const taken = pool.subarray(0, bytes);
  pool = pool.subarray(bytes);
  return taken;
};

export const systemRandom: Random = randomFrom(
  () => take(6).readUIntBE(0, 6) / 2 ** 48,
  (bytes) => take(bytes).toString('hex'),
);

/** mulberry32 (Tommy Ettinger, public domain): small, fast, good enough for schedules; never for keys. */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const hex = (bytes: number) =>
    Array.from({ length: bytes }, () =>
      Math.floor(next() * 256)
        .toString(16)
        .padStart(2, '0'),
    ).join('');
  return randomFrom(next, hex);
};
