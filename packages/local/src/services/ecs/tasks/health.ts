import { afterRealTime } from '../../../core/clock.ts';
import type { HealthCheck } from '../state/task-definition.ts';

export type Health = 'HEALTHY' | 'UNHEALTHY';

/** Until a container is healthy the first time it is asked more often than on AWS; these looks count only if they are good. */
const FIRST_LOOK_MS = 250;
const EARLY_LOOKS_MS = 1_000;

/**
 * Asks a container by its health check, in real time as the container itself runs, and says what it has become. As on AWS:
 * it is unhealthy after so many failures in a row, and in its start period failures do not count until it was healthy.
 */
export const watchHealth = (
  { intervalMs, retries, startPeriodMs }: HealthCheck,
  isWell: () => Promise<boolean>,
  onHealth: (health: Health) => void,
): { stop(): void } => {
  const startedAtMs = performance.now();
  let countsAtMs = startedAtMs + intervalMs;
  let failures = 0;
  let health: Health | undefined;
  let wasHealthy = false;
  let stopped = false;
  let cancel = (): void => {};

  const become = (next: Health) => {
    if (health === next) return;
    health = next;
    onHealth(next);
  };

  const look = async () => {
    const counts = performance.now() >= countsAtMs;
    const well = await isWell();
    if (stopped) return;
    const now = performance.now();
    if (counts) countsAtMs = now + intervalMs;
    if (well) {
      failures = 0;
      wasHealthy = true;
      become('HEALTHY');
    } else if (counts && (wasHealthy || now - startedAtMs >= startPeriodMs)) {
      failures += 1;
      if (failures >= retries) become('UNHEALTHY');
    }
    if (!stopped) plan(EARLY_LOOKS_MS);
  };

  const plan = (earlyMs: number) => {
    const regularMs = Math.max(0, Math.ceil(countsAtMs - performance.now()));
    cancel = afterRealTime(wasHealthy ? regularMs : Math.min(earlyMs, regularMs), () => void look());
  };

  plan(FIRST_LOOK_MS);
  return {
    stop: () => {
      stopped = true;
      cancel();
    },
  };
};
