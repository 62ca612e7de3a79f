import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Spawned } from '../../src/testing/spawned.ts';
import { copyProject } from './copied-project.ts';
import { spawnCommand } from './spawned.ts';

let folder: string;
let started: Spawned | undefined;
let app: Socket | undefined;
beforeEach(() => {
  folder = copyProject();
});
afterEach(() => {
  started?.child.kill('SIGKILL');
  started = undefined;
  app?.destroy();
});

const start = (...args: readonly string[]): Spawned => {
  started = spawnCommand('start', folder, args);
  return started;
};

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const isStop = (line: string) => line.startsWith('Stop');

describe('archipelago-local start', () => {
  it('moves on from a taken port and says so', async () => {
    await using blocker = createServer();
    blocker.listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const port = portOf(blocker);
    const { line, printed } = start('--port', String(port));
    await line(isStop);
    expect(printed()).toContain(`Port ${port} is taken`);
    expect(Number(/API {6}http:\/\/127\.0\.0\.1:(\d+)/.exec(printed())?.[1])).toBeGreaterThan(port);
  });

  it('prints one JSON object a line with --json', async () => {
    const { line } = start('--port', '0', '--json');
    const event: Record<string, string> = JSON.parse(await line((text) => text.includes('started')));
    expect(event).toMatchObject({ event: 'started', stage: 'dev', apiUrl: expect.any(String) });
    await fetch(`${event.apiUrl}/nothing`);
    const request = await line((text) => text.includes('"event":"request"'));
    expect(JSON.parse(request)).toMatchObject({ method: 'GET', path: '/nothing', status: 404 });
  });

  it('ends a synthesis under way, with the process that runs it', async () => {
    const server = createServer((socket) => {
      server.close();
      app = socket.on('error', () => {}).resume();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    writeFileSync(join(folder, 'src', 'source.txt'), `slow ${portOf(server)}`);
    const { child, ended } = start('--port', '0');
    await once(server, 'connection');
    const appEnded = new Promise((resolve) => app?.on('close', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    await appEnded;
    expect(existsSync(join(folder, '.local', 'runtime.json'))).toBe(false);
  });

  it('replaces the state file of a process that is gone', async () => {
    mkdirSync(join(folder, '.local'));
    writeFileSync(join(folder, '.local', 'runtime.json'), JSON.stringify({ pid: 999_999_999, apiUrl: 'gone' }));
    const { line, child } = start('--port', '0');
    await line(isStop);
    expect(JSON.parse(readFileSync(join(folder, '.local', 'runtime.json'), 'utf8')).pid).toBe(child.pid);
  });

  it('starts beside the state file of a dead process whose id belongs to another one now', async () => {
    mkdirSync(join(folder, '.local'));
    const stale = { pid: process.pid, controlUrl: 'http://127.0.0.1:1', apiUrl: '', stage: 'dev' };
    writeFileSync(join(folder, '.local', 'runtime.json'), JSON.stringify(stale));
    const { line, child } = start('--port', '0');
    await line(isStop);
    expect(JSON.parse(readFileSync(join(folder, '.local', 'runtime.json'), 'utf8')).pid).toBe(child.pid);
  });

  it('says on an old Node.js which one it takes', async () => {
    const old = `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '20.1.0' })`;
    const { ended, printed } = spawnCommand('start', folder, ['--port', '0'], ['--import', old]);
    expect(await ended).toBe(1);
    expect(printed()).toMatch(/^this is Node 20\.1\.0; the functions run on Node 24[\s\S]*install Node 24/);
  });

  it.each([
    ['a broken source', [], /synthesis failed[\s\S]*the source is broken/],
    ['an unknown option', ['--prot'], /Unknown option '--prot'[\s\S]*--help/],
    ['a folder without an assembly', ['--app', 'src'], /manifest is missing[\s\S]*what to do/],
  ])('ends with one message and code 1 on %s', async (_name, args, message) => {
    writeFileSync(join(folder, 'src', 'source.txt'), 'broken');
    const { ended, printed } = start(...args);
    expect(await ended).toBe(1);
    expect(printed()).toMatch(message);
    expect(printed()).not.toMatch(/^ {4}at .*command\.ts/m);
    expect(existsSync(join(folder, '.local', 'runtime.json'))).toBe(false);
  });

  it('explains itself with --help', async () => {
    const { ended, printed } = start('--help');
    expect(await ended).toBe(0);
    expect(printed()).toMatch(/--port N[\s\S]*--stage[\s\S]*--app[\s\S]*--keep[\s\S]*--json[\s\S]*--quiet/);
  });
});
