import { createServer, type RequestListener, type Server } from 'node:http';
import { StartError } from '../start-error.ts';
import { codeOf } from '../thrown.ts';

/** AWS SDK clients keep sockets open between invocations; closing one just as it is used again costs a retry. */
const KEEP_ALIVE_MS = 65_000;

export interface OpenListener {
  readonly port: number;
  close(): Promise<void>;
}

const listenOn = (server: Server, port: number, address: string) =>
  new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.off('error', reject);
      const bound = server.address();
      resolve(typeof bound === 'object' && bound !== null ? bound.port : port);
    });
  });

const closeServer = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const explained = (error: unknown, address: string): unknown =>
  codeOf(error) === 'EADDRNOTAVAIL'
    ? new StartError('this machine has no such address', address, 'see `ip address`; Docker names its bridge docker0')
    : error;

/** A handler that throws ends its own request, not the process. */
const guarded =
  (onRequest: RequestListener): RequestListener =>
  (incoming, outgoing) => {
    try {
      onRequest(incoming, outgoing);
    } catch {
      outgoing.destroy();
    }
  };

/** One handler at the same port of several addresses; port 0 = any free one. Leaves none open when one fails. */
export const openListener = async (
  addresses: readonly string[],
  onRequest: RequestListener,
  port: number,
): Promise<OpenListener> => {
  const servers: Server[] = [];
  const close = async () => {
    await Promise.all(servers.map(closeServer));
  };
  let bound = port;
  for (const address of addresses) {
    const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, guarded(onRequest));
    try {
      bound = await listenOn(server, bound, address);
    } catch (error) {
      await close();
      throw explained(error, address);
    }
    servers.push(server);
  }
  return { port: bound, close };
};
