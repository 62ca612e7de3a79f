import type { World } from '../core/world.ts';
import type { EnforcedAccess } from '../iam/create-access.ts';
import type { Denial } from '../iam/denial.ts';

/** The same call again within this time is not said again: a poller asks often. */
const SAID_FOR_MS = 10_000;

const sourceOf = ({ caller }: Denial): string => caller.functionName ?? caller.taskId ?? caller.principal;

/** Says in the log who may not do what, and what would allow it: one line for each. */
export const recordDenials = ({ clock, journal, random }: World, access: EnforcedAccess): void => {
  const saidAtMs = new Map<string, number>();
  access.onDenial((denial) => {
    const { action, resource, advice, caller, message } = denial;
    const source = sourceOf(denial);
    const key = `${source} ${action} ${resource}`;
    const atMs = clock.now();
    if (atMs - (saidAtMs.get(key) ?? Number.NEGATIVE_INFINITY) < SAID_FOR_MS) return;
    saidAtMs.set(key, atMs);
    journal.record('logs', {
      id: random.hex(8),
      atMs,
      level: 'ERROR',
      source,
      ...(caller.functionName !== undefined && { functionName: caller.functionName }),
      ...(caller.environmentId !== undefined && { environmentId: caller.environmentId }),
      message: `not allowed: ${action} on ${resource}; ${advice}`,
      denial: { action, resource, message },
    });
  });
};
