/** Epoch milliseconds. Bound to Date.now only in functions/adapters/aws. */
export interface Clock {
  now(): number;
}

export const isoTime = (epochMs: number): string => new Date(epochMs).toISOString();

export const epochSeconds = (epochMs: number): number => Math.floor(epochMs / 1000);
