import type { DescService } from '@bufbuild/protobuf';
import { type CallOptions, type Client, Code, ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcTransport, Http2SessionManager } from '@connectrpc/connect-node';
import { causeHeaders } from '../../kernel/calls/cause-headers.ts';
import { type Ask, createPeers, type PeerDeps, Unanswered } from '../../kernel/calls/peers.ts';

/** The client of a gRPC service, made from its contract. */
export interface TaskClient<Service extends DescService> {
  /**
   * Calls one of the service's tasks, and another one after an attempt that was not answered. Throws the ConnectError that
   * was answered, and Refused `unavailable` when none was in time.
   */
  ask<T>(call: (client: Client<Service>, options: CallOptions) => Promise<T>, ask: Ask): Promise<T>;
}

/** A connection that was quiet for longer is asked first: that of a function that was frozen meanwhile may be dead. */
const VERIFY_AFTER_MS = 1_000;
const CONNECTION = {
  pingIntervalMs: VERIFY_AFTER_MS,
  pingTimeoutMs: 1_000,
  connectTimeoutMs: 1_000,
  idleConnectionTimeoutMs: 60_000,
};

/** Connections of tasks that are gone are closed by their end; this many addresses are remembered. */
const MAX_CONNECTIONS = 50;

const UNANSWERED: ReadonlySet<Code> = new Set([Code.Unavailable, Code.DeadlineExceeded, Code.ResourceExhausted]);

const isAnswer = (thrown: unknown): boolean => thrown instanceof ConnectError;

/** Each answer ends with its status; without one the connection was refused, or ended in the middle of the answer. */
const STATUS = 'grpc-status';

const orUnanswered = (thrown: unknown): never => {
  const error = ConnectError.from(thrown);
  throw UNANSWERED.has(error.code) || !error.metadata.has(STATUS)
    ? new Unanswered(`answered ${Code[error.code]}`, { cause: error })
    : error;
};

/** `name` is what its tasks are registered as. One a process, for it keeps one connection for each task. */
export const createTaskClient = <Service extends DescService>(
  service: Service,
  name: string,
  deps: PeerDeps,
): TaskClient<Service> => {
  const peers = createPeers(deps, isAnswer);
  const clients = new Map<string, { readonly client: Client<Service>; readonly close: () => void }>();

  const connect = (baseUrl: string) => {
    const sessionManager = new Http2SessionManager(baseUrl, CONNECTION);
    const client = createClient(service, createGrpcTransport({ baseUrl, sessionManager }));
    return { client, close: () => sessionManager.abort() };
  };

  const clientOf = (url: string): Client<Service> => {
    const found = clients.get(url) ?? connect(url);
    clients.set(url, found);
    const [oldest] = clients.keys();
    if (clients.size > MAX_CONNECTIONS && oldest !== undefined) {
      clients.get(oldest)?.close();
      clients.delete(oldest);
    }
    return found.client;
  };

  return {
    ask: (call, { cause, deadlineMs }) =>
      peers.ask({ service: name, question: service.typeName, cause, deadlineMs }, ({ url }, timeoutMs) =>
        call(clientOf(url), { timeoutMs, headers: causeHeaders(cause) }).catch(orUnanswered),
      ),
  };
};
