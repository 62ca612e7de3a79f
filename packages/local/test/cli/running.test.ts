import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Spawned } from '../../src/testing/spawned.ts';
import { copyProject, runsOf } from './copied-project.ts';
import { spawnCommand } from './spawned.ts';

const isStop = (line: string) => line.startsWith('Stop');

let folder: string;
let system: Spawned;
let next: Spawned | undefined;

beforeAll(async () => {
  folder = copyProject();
  system = spawnCommand('start', folder, ['--port', '0', '--stage', 'test']);
  await system.line(isStop);
});
afterAll(() => {
  for (const { child } of [system, ...(next ? [next] : [])]) child.kill('SIGKILL');
});

const stateFile = () => join(folder, '.local', 'runtime.json');
const readState = (): Record<string, string> => JSON.parse(readFileSync(stateFile(), 'utf8'));

describe('the system that npm start runs', () => {
  it('was synthesized, and says in at most twelve lines what runs where', () => {
    const lines = system.printed().trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(12);
    expect(lines[0]).toMatch(/^2 resources of stage test synthesized and started in \d\.\d s$/);
    expect(system.printed()).toMatch(/^API {6}http:\/\/127\.0\.0\.1:\d+$/m);
    expect(system.printed()).toMatch(/^1 resource has an effect only on AWS; details in \.local\/coverage\.txt$/m);
    expect(readFileSync(join(folder, '.local', 'coverage.txt'), 'utf8')).toMatch(
      /AWS::SNS::Topic: not emulated\n {2}Shop\/Spare/,
    );
  });

  it('says where it is in a file for its owner alone', () => {
    expect(readState()).toEqual({
      apiUrl: expect.stringMatching(/^http:/),
      endpointUrl: expect.stringMatching(/^http:/),
      controlUrl: expect.stringMatching(/^http:/),
      controlToken: expect.any(String),
      pid: system.child.pid,
      stage: 'test',
    });
    expect(statSync(stateFile()).mode & 0o777).toBe(0o600);
  });

  it('prints each request', async () => {
    expect((await fetch(`${readState().apiUrl}/nothing`)).status).toBe(404);
    expect(await system.line((text) => text.startsWith('GET '))).toMatch(/^GET {4}\/nothing +404 +\d+ ms$/);
  });

  it('is not joined by another one in its folder, and is left alone with its file', async () => {
    const before = readFileSync(stateFile(), 'utf8');
    const second = spawnCommand('start', folder, ['--port', '0']);
    expect(await second.ended).toBe(1);
    expect(second.printed()).toContain(`runs in this folder already: ${readState().apiUrl}`);
    expect(second.printed()).toContain(`process ${system.child.pid}`);
    expect(readFileSync(stateFile(), 'utf8')).toBe(before);
  });

  it('leaves nothing behind when it ends', async () => {
    system.child.kill('SIGTERM');
    expect(await system.ended).toBe(0);
    // What is cut off after the two seconds that Ctrl+C may take leaves its file.
    expect(readdirSync(join(folder, '.local'))).toEqual([]);
  });

  it('is not synthesized again when nothing has changed', async () => {
    next = spawnCommand('start', folder, ['--port', '0', '--stage', 'test']);
    expect(await next.line((text) => text.includes('resources'))).toMatch(/stage test started in/);
    expect(runsOf(folder)).toHaveLength(1);
    await next.line(isStop);
    next.child.kill('SIGINT');
    expect(await next.ended).toBe(0);
  });

  it('can be of another app with --app, and prints only URLs with --quiet', async () => {
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    next = spawnCommand('start', elsewhere, ['--port', '0', '--quiet', '--app', '../cdk.out']);
    await next.line((text) => text.startsWith('Control'));
    expect(next.printed().trimEnd().split('\n')).toHaveLength(2);
  });
});
