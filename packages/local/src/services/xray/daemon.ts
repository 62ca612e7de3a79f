import { createSocket, type Socket } from 'node:dgram';
import type { RequestListener } from 'node:http';
import type { World } from '../../core/world.ts';

interface Daemon {
  /** `127.0.0.1:<port>` as AWS_XRAY_DAEMON_ADDRESS takes it; UDP and TCP share the port. */
  readonly address: string;
}

const bindUdp = (port: number) =>
  new Promise<Socket>((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    socket.bind(port, '127.0.0.1', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });

/** A port free for TCP may be taken for UDP: other ports are tried this often. */
const ATTEMPTS = 5;

/** Opens the X-Ray daemon's two sockets on loopback: datagrams carry segments, HTTP asks for sampling rules. */
export const openDaemon = async (
  world: World,
  onDatagram: (datagram: Buffer) => void,
  onRequest: RequestListener,
): Promise<Daemon> => {
  for (let attempt = 1; ; attempt += 1) {
    const { port } = await world.listen('X-Ray daemon', onRequest);
    try {
      const socket = await bindUdp(port);
      socket.on('message', onDatagram);
      socket.on('error', () => undefined);
      socket.unref();
      world.onStop('X-Ray daemon', () => new Promise((resolve) => socket.close(resolve)));
      return { address: `127.0.0.1:${port}` };
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
};
