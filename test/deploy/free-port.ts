import { createServer } from 'node:net';
import { Problem } from './problem.ts';

const LOOPBACK = '127.0.0.1';

/** `wanted`, or with 0 any port that is free on loopback. Throws a Problem for one that is taken. */
export const freePort = (wanted: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', (error) =>
      reject(new Problem(`port ${wanted} is not to be had (${error.message}); choose another, or leave --port out`)),
    );
    server.listen(wanted, LOOPBACK, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : wanted));
    });
  });
