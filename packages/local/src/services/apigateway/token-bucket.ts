import type { Clock } from '../../core/clock.ts';

/** `ratePerSecond` tokens flow in each second, up to `burst`. */
export interface ThrottleSettings {
  readonly burst: number;
  readonly ratePerSecond: number;
}

export interface TokenBucket {
  /** Takes one token; false when the request must be refused. */
  take(): boolean;
}

export const createTokenBucket = ({ burst, ratePerSecond }: ThrottleSettings, clock: Clock): TokenBucket => {
  let tokens = burst;
  let filledAtMs = clock.now();
  return {
    take: () => {
      const nowMs = clock.now();
      tokens = Math.min(burst, tokens + ((nowMs - filledAtMs) * ratePerSecond) / 1000);
      filledAtMs = nowMs;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
};
