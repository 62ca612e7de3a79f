import type { RequestNotice } from './notice.ts';

/** A client that asks again within this time is polling. */
const POLL_MS = 1_000;
/** A client that polls on is mentioned as often as this. */
const MENTION_MS = 30_000;

const isPoll = ({ method, status }: RequestNotice): boolean => method === 'GET' && status < 500;

interface Repeats {
  readonly last: RequestNotice;
  readonly count: number;
  readonly sinceMs: number;
  readonly timer: NodeJS.Timeout;
}

export interface RequestFold {
  add(request: RequestNotice): void;
  /** Shows what was held back. */
  flush(): void;
}

/**
 * Shows every request but the repeats of a polling client: equal GETs with equal answers, each soon after the one before.
 * They are counted, and shown as one when the answer changes, the client stops, or has polled for long.
 */
export const foldRequests = (show: (request: RequestNotice, count: number) => void): RequestFold => {
  const polled = new Map<string, Repeats>();

  const release = (key: string): void => {
    const repeats = polled.get(key);
    if (repeats === undefined) return;
    clearTimeout(repeats.timer);
    polled.delete(key);
    if (repeats.count > 0) show(repeats.last, repeats.count);
  };

  const hold = (key: string, last: RequestNotice, count: number, sinceMs: number): void => {
    const timer = setTimeout(() => release(key), POLL_MS).unref();
    polled.set(key, { last, count, sinceMs, timer });
  };

  return {
    add: (request) => {
      const key = `${request.method} ${request.target}`;
      const before = polled.get(key);
      const nowMs = request.atMs;
      if (before && isPoll(request) && before.last.status === request.status && nowMs - before.sinceMs < MENTION_MS) {
        clearTimeout(before.timer);
        hold(key, request, before.count + 1, before.sinceMs);
        return;
      }
      release(key);
      show(request, 1);
      if (isPoll(request)) hold(key, request, 0, nowMs);
    },
    flush: () => {
      for (const key of [...polled.keys()]) release(key);
    },
  };
};
