import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from './client.ts';

export interface Traffic {
  answered(): number;
  /** Ends it; how many requests were answered, with what else than 200, and how long the slowest took. */
  end(): Promise<{ readonly answered: number; readonly failed: readonly string[]; readonly slowestMs: number }>;
}

const PAUSE_MS = 10;

/** Callers that ask one after another, without end. A request that gets no answer ends it. */
export const steadyTraffic = (client: Client, path: string, callers: number): Traffic => {
  let isOver = false;
  let answered = 0;
  let slowestMs = 0;
  const failed: string[] = [];
  const call = async () => {
    while (!isOver) {
      const beganMs = performance.now();
      const { status, text } = await client('GET', path);
      slowestMs = Math.max(slowestMs, Math.round(performance.now() - beganMs));
      answered += 1;
      if (status !== 200) failed.push(`${status} ${text}`);
      await pause(PAUSE_MS);
    }
  };
  const calling = Promise.all(Array.from({ length: callers }, call));
  return {
    answered: () => answered,
    end: async () => {
      isOver = true;
      await calling;
      return { answered, failed, slowestMs };
    },
  };
};
