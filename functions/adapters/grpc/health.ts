import { Code, ConnectError, type ConnectRouter } from '@connectrpc/connect';
import { Health, HealthCheckResponse_ServingStatus as Status } from '../../../events/grpc/grpc/health/v1/health_pb.ts';

/** What a server says about itself, by grpc.health.v1: not serving until `set` says so. */
export interface ServingStatus {
  set(isServing: boolean): void;
  addTo(router: ConnectRouter): void;
}

/** `services` are the names that may be asked about, beside the empty one for the whole server. */
export const createServingStatus = (services: readonly string[]): ServingStatus => {
  let isServing = false;
  const waiting = new Set<() => void>();
  const isKnown = (service: string) => service === '' || services.includes(service);
  const statusOf = (service: string) => {
    if (!isKnown(service)) return Status.SERVICE_UNKNOWN;
    return isServing ? Status.SERVING : Status.NOT_SERVING;
  };

  const changed = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const done = () => {
        waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      waiting.add(done);
      signal.addEventListener('abort', done);
    });

  return {
    set: (serving) => {
      isServing = serving;
      for (const done of [...waiting]) done();
    },
    addTo: (router) =>
      void router.service(Health, {
        check: ({ service }) => {
          if (!isKnown(service)) throw new ConnectError('unknown service', Code.NotFound);
          return { status: statusOf(service) };
        },
        async *watch({ service }, { signal }) {
          for (let last: Status | undefined; !signal.aborted; ) {
            const next = statusOf(service);
            if (next !== last) yield { status: next };
            last = next;
            if (statusOf(service) === next) await changed(signal);
          }
        },
      }),
  };
};
