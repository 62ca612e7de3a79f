import { count, milliseconds } from '../../kernel/ports/metrics.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { errorFields } from '../error-fields.ts';

interface TaskServer {
  readonly port: number;
  /** Not serving at first. */
  setServing(isServing: boolean): void;
  stop(withinMs: number): Promise<void>;
}

interface TaskDeps {
  readonly runtime: Runtime;
  readonly pause: (ms: number) => Promise<void>;
}

export interface TaskProgram {
  readonly startServer: () => Promise<TaskServer>;
  /** Reads from the table what has changed since the last time, and first everything. */
  readonly catchUp: () => Promise<void>;
  /** How much it knows, by what that is called in logs and measures. */
  readonly known: () => Readonly<Record<string, number>>;
  /** How long it goes on serving after it is to stop: as long as callers may still find it. */
  readonly drainMs: number;
}

export interface RunningTask {
  readonly port: number;
  /** Resolves when the table is loaded and it serves. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

const POLL_MS = 500;
const REPORT_MS = 60_000;
const LONGEST_PAUSE_MS = 10_000;
/** Calls that are under way when it ends. */
const LAST_CALLS_MS = 3_000;

/**
 * Serves only when it knows everything, and stays healthy from then on: that the table cannot be read for a while makes it
 * late, which a measure says, and not useless.
 */
const followTable = ({ runtime, pause }: TaskDeps, catchUp: TaskProgram['catchUp'], onLoaded: () => void) => {
  const { clock, log, metrics } = runtime;
  let isStopped = false;
  let failures = 0;
  let readAtMs = clock.now();
  let reportedAtMs = clock.now();
  let isLoaded = false;

  const readOnce = async (): Promise<void> => {
    try {
      const beganMs = clock.now();
      await catchUp();
      readAtMs = beganMs;
      failures = 0;
      if (!isLoaded) onLoaded();
      isLoaded = true;
    } catch (thrown) {
      failures += 1;
      log.error('table not read', errorFields(thrown));
    }
  };

  const report = (): void => {
    if (clock.now() - reportedAtMs < REPORT_MS) return;
    reportedAtMs = clock.now();
    metrics.record({ behind: milliseconds(Math.max(0, clock.now() - readAtMs)) });
  };

  const ended = (async () => {
    while (!isStopped) {
      await readOnce();
      report();
      await pause(Math.min(LONGEST_PAUSE_MS, POLL_MS * 2 ** failures));
    }
  })();
  return {
    stop: () => {
      isStopped = true;
      return ended;
    },
  };
};

/** The program of one container: what it knows is in memory, filled from a table and kept up to date, behind a server. */
export const startTask = async (deps: TaskDeps, program: TaskProgram): Promise<RunningTask> => {
  const { clock, log, metrics } = deps.runtime;
  const { startServer, catchUp, known, drainMs } = program;
  const startedMs = clock.now();
  const server = await startServer();
  const loaded = Promise.withResolvers<void>();
  const following = followTable(deps, catchUp, () => {
    log.info('serving', { ...known(), ms: clock.now() - startedMs, port: server.port });
    metrics.record(Object.fromEntries(Object.entries(known()).map(([name, size]) => [name, count(size)])));
    server.setServing(true);
    loaded.resolve();
  });
  return {
    port: server.port,
    ready: loaded.promise,
    stop: async () => {
      server.setServing(false);
      log.info('stopping', { drainMs });
      await deps.pause(drainMs);
      await Promise.all([server.stop(LAST_CALLS_MS), following.stop()]);
    },
  };
};
