import type { World } from '../../../core/world.ts';

/** `Root=1-<8 hex of the epoch second>-<24 hex>;Parent=<16 hex>;Sampled=<0|1>`: what Lambda begins when no trace came in. */
export const newTraceHeader = ({ clock, random }: World, sampled: boolean): string => {
  const seconds = Math.floor(clock.now() / 1000)
    .toString(16)
    .padStart(8, '0');
  return `Root=1-${seconds}-${random.hex(12)};Parent=${random.hex(8)};Sampled=${sampled ? 1 : 0}`;
};

/** The `1-…` id in a trace header. */
export const traceIdOf = (traceHeader: string): string => /Root=([^;]+)/.exec(traceHeader)?.[1] ?? '';
