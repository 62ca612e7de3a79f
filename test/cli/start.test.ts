import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyProject, runsOf } from './copied-project.ts';
import { type Spawned, spawnCommand } from './spawned.ts';

let folder: string;
let started: Spawned | undefined;
beforeEach(() => {
  folder = copyProject();
});
afterEach(() => {
  started?.child.kill('SIGKILL');
  started = undefined;
});

const start = (...args: readonly string[]): Spawned => {
  started = spawnCommand('local', folder, args);
  return started;
};

const isStop = (line: string) => line.startsWith('Stop');

describe('npm start', () => {
  it('synthesizes, starts and says in at most twelve lines what runs where', async () => {
    const { line, printed } = start('--port', '0', '--stage', 'test');
    await line(isStop);
    const lines = printed().trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(12);
    expect(lines[0]).toMatch(/^2 resources of stage test synthesized and started in \d\.\d s$/);
    expect(printed()).toMatch(/^API {6}http:\/\/127\.0\.0\.1:\d+$/m);
    expect(printed()).toMatch(/^1 resource has an effect only on AWS; details in \.local\/coverage\.txt$/m);
    expect(readFileSync(join(folder, '.local', 'coverage.txt'), 'utf8')).toMatch(
      /AWS::SNS::Topic: not emulated\n {2}Shop\/Spare/,
    );
  });

  it('says where it is in a file for its owner alone, prints each request, and leaves nothing behind', async () => {
    const { line, child, ended } = start('--port', '0');
    await line(isStop);
    const file = join(folder, '.local', 'runtime.json');
    const state: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'));
    expect(state).toEqual({
      apiUrl: expect.stringMatching(/^http:/),
      endpointUrl: expect.stringMatching(/^http:/),
      controlUrl: expect.stringMatching(/^http:/),
      controlToken: expect.any(String),
      pid: child.pid,
      stage: 'dev',
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await fetch(`${state.apiUrl}/nothing`)).status).toBe(404);
    await line((text) => /^GET {4}\/nothing +404 +\d+ ms$/.test(text));
    const before = performance.now();
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(performance.now() - before).toBeLessThan(2_000);
    expect(readdirSync(join(folder, '.local'))).toEqual([]);
  });

  it('does not synthesize again when nothing has changed', async () => {
    const first = start('--port', '0');
    await first.line(isStop);
    first.child.kill('SIGINT');
    await first.ended;
    const second = start('--port', '0');
    expect(await second.line((text) => text.includes('resources'))).toMatch(/stage dev started in/);
    expect(runsOf(folder)).toHaveLength(1);
  });

  it('moves on from a taken port and says so', async () => {
    const blocker = createServer();
    const port = await new Promise<number>((resolve) => {
      blocker.listen(0, '127.0.0.1', () => resolve((blocker.address() as AddressInfo).port));
    });
    const { line, printed } = start('--port', String(port));
    await line(isStop);
    blocker.close();
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

  it('runs the assembly of another app with --app, and prints only URLs with --quiet', async () => {
    const first = start('--port', '0');
    await first.line(isStop);
    first.child.kill('SIGINT');
    await first.ended;
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    started = spawnCommand('local', elsewhere, ['--port', '0', '--quiet', '--app', '../cdk.out']);
    await started.line((text) => text.startsWith('Control'));
    expect(started.printed().trimEnd().split('\n')).toHaveLength(2);
  });

  it('ends a synthesis under way, with the process that runs it', async () => {
    writeFileSync(join(folder, 'src', 'source.txt'), 'slow');
    const { child, ended } = start('--port', '0');
    const watcher = watch(folder);
    while (!existsSync(join(folder, 'runs.txt')) || runsOf(folder)[0] === '') await once(watcher, 'change');
    watcher.close();
    const before = performance.now();
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    // The end waits for the app's output to close; were the app alive, it would give up only after 1.8 s.
    expect(performance.now() - before).toBeLessThan(1_500);
  });

  it('replaces the state file of a process that is gone', async () => {
    mkdirSync(join(folder, '.local'));
    writeFileSync(join(folder, '.local', 'runtime.json'), JSON.stringify({ pid: 999_999_999, apiUrl: 'gone' }));
    const { line, child } = start('--port', '0');
    await line(isStop);
    expect(JSON.parse(readFileSync(join(folder, '.local', 'runtime.json'), 'utf8')).pid).toBe(child.pid);
  });

  it('refuses to run beside another system in one folder, and leaves that one and its file alone', async () => {
    const first = start('--port', '0');
    await first.line(isStop);
    const file = join(folder, '.local', 'runtime.json');
    const before = readFileSync(file, 'utf8');
    const second = spawnCommand('local', folder, ['--port', '0']);
    expect(await second.ended).toBe(1);
    expect(second.printed()).toContain(`runs in this folder already: ${JSON.parse(before).apiUrl}`);
    expect(second.printed()).toContain(`process ${first.child.pid}`);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('starts beside the state file of a dead process whose id belongs to another one now', async () => {
    mkdirSync(join(folder, '.local'));
    const stale = { pid: process.pid, controlUrl: 'http://127.0.0.1:1', apiUrl: '', stage: 'dev' };
    writeFileSync(join(folder, '.local', 'runtime.json'), JSON.stringify(stale));
    await start('--port', '0').line(isStop);
  });

  it('says on an old Node.js which one it takes', async () => {
    const old = `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '20.1.0' })`;
    const { ended, printed } = spawnCommand('local', folder, ['--port', '0'], ['--import', old]);
    expect(await ended).toBe(1);
    expect(printed()).toMatch(/^this is Node 20\.1\.0; the functions run on Node 24[\s\S]*npm ci/);
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
