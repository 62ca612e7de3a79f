import { Code, ConnectError, type ConnectRouter } from '@connectrpc/connect';
import { Health, HealthCheckResponse_ServingStatus as Status } from '../../../events/grpc/grpc/health/v1/health_pb.ts';
import { createChangeSignal } from '../../kernel/calls/change-signal.ts';

/** What a server says about itself, by grpc.health.v1: not serving until `set` says so. */
export interface ServingStatus {
  set(isServing: boolean): void;
  addTo(router: ConnectRouter): void;
}

/** `services` are the names that may be asked about, beside the empty one for the whole server. */
export const createServingStatus = (services: readonly string[]): ServingStatus => {
  let isServing = false;
  const { changed, changes } = createChangeSignal();
  const isKnown = (service: string) => service === '' || services.includes(service);
  const statusOf = (service: string) => {
    if (!isKnown(service)) return Status.SERVICE_UNKNOWN;
    return isServing ? Status.SERVING : Status.NOT_SERVING;
  };

  return {
    set: (serving) => {
      isServing = serving;
      changed();
    },
    addTo: (router) =>
      void router.service(Health, {
        check: ({ service }) => {
          if (!isKnown(service)) throw new ConnectError('unknown service', Code.NotFound);
          return { status: statusOf(service) };
        },
        async *watch({ service }, { signal }) {
          let last: Status | undefined;
          for await (const _ of changes(signal)) {
            const next = statusOf(service);
            if (next !== last) yield { status: next };
            last = next;
          }
        },
      }),
  };
};
