import { type runningIn, StartError } from '@archipelago/local/cli';
import { functionName } from '../../lib/config/names.ts';
import type { Target } from '../aws/target.ts';
import { type CountCalls, dayOf } from './counted-calls.ts';

interface LogEntry {
  readonly atMs: number;
  /** The line, when it is JSON. */
  readonly data?: { readonly function?: string; readonly apiVersion?: string; readonly calls?: number };
}

/** The same lines, in the journal of the system that runs here; it keeps the latest. */
export const callsHere = (
  { prefix }: Target,
  { controlUrl, controlToken }: ReturnType<typeof runningIn>,
): CountCalls => {
  const read = async (from: Date): Promise<readonly LogEntry[]> => {
    const url = `${controlUrl}/control/logs?since=${from.getTime()}`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${controlToken}` } });
    const text = await response.text();
    if (!response.ok) throw new StartError(text, url, 'start the system again');
    return JSON.parse(text);
  };
  let logs: ReturnType<typeof read> | undefined;
  return async ({ service, function: name, version }, from) => {
    logs ??= read(from);
    const own = (await logs).filter(
      ({ data }) =>
        data?.calls !== undefined &&
        data.function === functionName(prefix, service, name) &&
        data.apiVersion === String(version),
    );
    // Newest first.
    const [last] = own;
    return {
      calls: own.reduce((sum, { data }) => sum + (data?.calls ?? 0), 0),
      ...(last !== undefined && { lastCall: dayOf(last.atMs) }),
    };
  };
};
