import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { NetworkPlace, PrivateNames } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';
import type { Directory } from '../state/directory.ts';
import { answerFor } from './answer.ts';
import { readQuestion, writeAnswer } from './message.ts';

interface Caller {
  readonly socket: Socket;
  readonly address: string;
  place: NetworkPlace;
}

/** One socket for each caller: a question says nothing of who asks. */
export const createPrivateNames = (world: World, directory: Directory): PrivateNames => {
  const callers = new Map<string, Caller>();
  /** What has been said of connections that do not come about. */
  const said = new Set<string>();

  const note = (caller: string, obstacle: string) => {
    const message = `${caller} does not connect: ${obstacle}`;
    if (said.has(message)) return;
    said.add(message);
    const entry = { level: 'ERROR', source: 'security groups', message };
    world.journal.record('logs', { id: world.random.hex(8), atMs: world.clock.now(), ...entry });
  };

  const open = async (name: string, place: NetworkPlace): Promise<Caller> => {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const caller: Caller = { socket, address: `127.0.0.1:${socket.address().port}`, place };
    socket.on('error', () => undefined);
    socket.on('message', (message, { port, address }) => {
      const question = readQuestion(message);
      if (!question) return;
      const answer = answerFor(world, directory, question, {
        place: caller.place,
        onObstacle: (obstacle) => note(name, obstacle),
      });
      socket.send(writeAnswer(question, answer), port, address);
    });
    socket.unref();
    return caller;
  };

  const close = async (name: string) => {
    const caller = callers.get(name);
    callers.delete(name);
    if (!caller) return;
    caller.socket.close();
    await once(caller.socket, 'close');
  };

  world.onStop('private names', async () => {
    await Promise.all([...callers.keys()].map(close));
  });

  return {
    open: async (name, place) => {
      const known = callers.get(name) ?? (await open(name, place));
      known.place = place;
      callers.set(name, known);
      return known.address;
    },
    close,
  };
};
