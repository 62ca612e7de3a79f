import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { open, url } from 'node:inspector';
import { createServer } from 'node:net';

const PORTS_TRIED = 20;

/** Where debuggers look first. */
export const INSPECTOR_PORT = 9229;

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
};

/** npm takes 9229 itself when NODE_OPTIONS asks every Node.js for an inspector. */
const freePortFrom = async (port: number): Promise<number> => {
  for (let next = port; port !== 0 && next < port + PORTS_TRIED && next <= 65_535; next += 1) {
    if (await isFree(next)) return next;
  }
  return 0;
};

/** Opens Node's inspector on the port asked for or the next free one; answers its `ws://` URL. */
export const openInspector = async (port: number): Promise<string> => {
  // A debugger that started this process has opened it.
  if (url() === undefined) open(await freePortFrom(port), '127.0.0.1');
  return String(url());
};

/**
 * Ends this process from outside: while a debugger is attached, `process.exit` waits until it leaves, and so does
 * `process.kill` of the own process. What the process began ends with it.
 */
export const killSelf = (): void => {
  const pid = String(process.pid);
  if (process.platform === 'win32') spawnSync('taskkill', ['/F', '/PID', pid]);
  else spawnSync('kill', ['-KILL', pid]);
};
