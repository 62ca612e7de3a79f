import type { RequestListener } from 'node:http';
import type { Listening, World } from '../world.ts';

/** How many ports above the preferred one are tried before any free one will do. */
const PORTS_TRIED = 20;

const isTaken = (error: unknown) =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  (error.code === 'EADDRINUSE' || error.code === 'EACCES');

/** Listens on the port asked for, on the next one that is free, or, for port 0, on any free one. */
export const listenNear = async (
  world: Pick<World, 'listen'>,
  name: string,
  handler: RequestListener,
  port: number,
): Promise<Listening> => {
  const last = Math.min(port + PORTS_TRIED, 65_535);
  for (let next = port; port !== 0 && next <= last; next += 1) {
    try {
      return await world.listen(name, handler, next);
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
  return world.listen(name, handler, 0);
};
