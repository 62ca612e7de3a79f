import { createServer, type Http2Server, type ServerHttp2Session } from 'node:http2';
import type { DescService } from '@bufbuild/protobuf';
import { Code, ConnectError, type ConnectRouter, type Interceptor } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { Health } from '../../../events/grpc/grpc/health/v1/health_pb.ts';
import { createServingStatus } from './health.ts';
import { addReflection } from './reflection.ts';

export interface GrpcServerProps {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** What it offers, beside health and reflection. */
  readonly services: readonly DescService[];
  readonly routes: (router: ConnectRouter) => void;
  readonly interceptors: readonly Interceptor[];
}

export interface GrpcServer {
  readonly port: number;
  /** What grpc.health.v1 answers; not serving at first. */
  setServing(isServing: boolean): void;
  /** Takes no new calls, lets those under way end for so long, and ends. */
  stop(withinMs: number): Promise<void>;
}

const closed = (server: Http2Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
  });

/** A gRPC server without TLS: who may reach it is said by its security group. */
export const startGrpcServer = async (props: GrpcServerProps): Promise<GrpcServer> => {
  const { host, port, services, routes, interceptors } = props;
  const health = createServingStatus(services.map(({ typeName }) => typeName));
  const stopping = new AbortController();
  const server = createServer(
    connectNodeAdapter({
      routes: (router) => {
        routes(router);
        health.addTo(router);
        addReflection(router, [...services, Health]);
      },
      interceptors: [...interceptors],
      connect: false,
      grpcWeb: false,
      shutdownSignal: stopping.signal,
    }),
  );
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => resolve());
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    setServing: health.set,
    stop: async (withinMs) => {
      health.set(false);
      const ended = closed(server);
      // Each sends GOAWAY, and ends with its last call.
      for (const session of sessions) session.close();
      // Calls that go on by themselves, such as a watch, end now.
      stopping.abort(new ConnectError('this task stops', Code.Unavailable));
      const late = setTimeout(() => {
        for (const session of sessions) session.destroy();
      }, withinMs);
      await ended;
      clearTimeout(late);
    },
  };
};
