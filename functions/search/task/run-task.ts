import { SearchService } from '../../../events/grpc/archipelago/search/v1/search_pb.ts';
import { errorFields } from '../../edge/error-fields.ts';
import { type InTrace, observedCalls } from '../../edge/grpc/observed-calls.ts';
import { createChangeSignal } from '../../kernel/calls/change-signal.ts';
import { count, milliseconds } from '../../kernel/ports/metrics.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import type { Table } from '../../kernel/stores/table.ts';
import { createProductIndex } from '../index/product-index.ts';
import { createFollower } from '../views/follow-changes.ts';
import type { GrpcServer, StartServer } from '../wiring.ts';
import { createSearchService } from './search-service.ts';

export interface TaskDeps {
  readonly runtime: Runtime;
  readonly inTrace: InTrace;
  readonly table: Pick<Table, 'query'>;
  readonly startServer: StartServer;
  readonly pause: (ms: number) => Promise<void>;
}

export interface TaskSettings {
  readonly host: string;
  readonly port: number;
  /** How long it goes on serving after it is to stop: as long as callers may still find it. */
  readonly drainMs: number;
}

export interface SearchTask {
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
 * Serves only when it knows every product, and stays healthy from then on: that the table cannot be read for a while makes it
 * late, which a measure says, and not useless.
 */
const followTable = (
  deps: Pick<TaskDeps, 'runtime' | 'pause'>,
  catchUp: () => Promise<number>,
  onLoaded: () => void,
) => {
  const { clock, log, metrics } = deps.runtime;
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
      await deps.pause(Math.min(LONGEST_PAUSE_MS, POLL_MS * 2 ** failures));
    }
  })();
  return {
    stop: () => {
      isStopped = true;
      return ended;
    },
  };
};

/** The program of one container: an index in memory, filled from the table and kept up to date, behind a gRPC server. */
export const startSearchTask = async (deps: TaskDeps, settings: TaskSettings): Promise<SearchTask> => {
  const { runtime, inTrace, table, startServer, pause } = deps;
  const { clock, log, metrics } = runtime;
  const startedMs = clock.now();
  const index = createProductIndex();
  const signal = createChangeSignal();
  const service = createSearchService(index, signal.changes);
  const server: GrpcServer = await startServer({
    host: settings.host,
    port: settings.port,
    services: [SearchService],
    routes: (router) => void router.service(SearchService, service),
    interceptors: [observedCalls(runtime, inTrace)],
  });
  const { catchUp } = createFollower(table, index.put);
  const loaded = Promise.withResolvers<void>();
  const readAll = async (): Promise<number> => {
    const taken = await catchUp();
    if (taken > 0) signal.changed();
    return taken;
  };
  const following = followTable({ runtime, pause }, readAll, () => {
    log.info('serving', { products: index.size(), ms: clock.now() - startedMs, port: server.port });
    metrics.record({ products: count(index.size()) });
    server.setServing(true);
    loaded.resolve();
  });
  return {
    port: server.port,
    ready: loaded.promise,
    stop: async () => {
      server.setServing(false);
      log.info('stopping', { drainMs: settings.drainMs });
      await pause(settings.drainMs);
      await Promise.all([server.stop(LAST_CALLS_MS), following.stop()]);
    },
  };
};
