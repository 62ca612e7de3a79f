import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../test/support/eventually.ts';
import { isAlive } from '../../src/runtime/is-alive.ts';
import { containerAssembly } from '../ecs/container-fixture.ts';
import { PROGRAM } from './spawned.ts';

/** It takes well under a second; a busy machine may need longer. */
const END_WITHIN_MS = 5_000;

/** A table, so that an engine runs too. */
const TABLE = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  },
};

/** A folder whose `npm start` runs an assembly of one table. */
const project = (assembly?: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'started-by-npm-'));
  const start = `node --no-warnings "${PROGRAM}" --app "${assembly ?? 'assembly'}" --port 0 --endpoint-port 0`;
  const artifacts = { Shop: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.template.json' } } };
  mkdirSync(join(folder, 'assembly'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { start } }));
  writeFileSync(join(folder, 'assembly', 'Shop.template.json'), JSON.stringify({ Resources: { Table: TABLE } }));
  writeFileSync(join(folder, 'assembly', 'manifest.json'), JSON.stringify({ version: '55.0.0', artifacts }));
  return folder;
};

const childrenOf = (pid: number): readonly number[] =>
  execFileSync('ps', ['-A', '-o', 'pid=', '-o', 'ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .flatMap(([child = 0]) => [child, ...childrenOf(child)]);

/** The ids of the runtime's process and of those below it, once it is up. */
const startedIn = async (folder: string): Promise<readonly number[]> => {
  const file = join(folder, '.local', 'runtime.json');
  await eventually('the system to start', async () => existsSync(file));
  const { pid }: { pid: number } = JSON.parse(readFileSync(file, 'utf8'));
  return [pid, ...childrenOf(pid)];
};

const start = (folder: string, program: string, args: readonly string[]) =>
  spawn(program, args, { cwd: folder, stdio: 'ignore', detached: true });

const endAll = (pids: readonly number[]) => {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended, perhaps with the one before it.
    }
  }
};

describe('what npm start began', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('ends with its engine soon after npm, ended by %s', async (signal) => {
    const folder = project();
    const npm = start(folder, 'npm', ['start']);
    const pids = await startedIn(folder);
    try {
      expect(pids.length).toBeGreaterThan(1);
      npm.kill(signal);
      await eventually('the runtime and its engine to end', async () => !pids.some(isAlive), END_WITHIN_MS);
      expect(existsSync(join(folder, '.local', 'runtime.json'))).toBe(false);
    } finally {
      npm.kill('SIGKILL');
      endAll(pids);
    }
  });

  it('leaves no engine behind when the runtime itself is killed', async () => {
    const folder = project();
    const npm = start(folder, 'npm', ['start']);
    const pids = await startedIn(folder);
    const [runtime = 0] = pids;
    try {
      process.kill(runtime, 'SIGKILL');
      await eventually('the engine to end', async () => !pids.some(isAlive), END_WITHIN_MS);
    } finally {
      npm.kill('SIGKILL');
      endAll(pids);
    }
  });

  it('leaves no task behind when the runtime itself is killed', async () => {
    const folder = project(containerAssembly());
    const npm = start(folder, 'npm', ['start']);
    const [runtime = 0] = await startedIn(folder);
    // The task, and the process that watches over it.
    const pids = await eventually('the task to start', async () => {
      const children = childrenOf(runtime);
      return children.length >= 2 && children;
    });
    try {
      process.kill(runtime, 'SIGKILL');
      await eventually('the task to end', async () => !pids.some(isAlive), END_WITHIN_MS);
    } finally {
      npm.kill('SIGKILL');
      endAll([runtime, ...pids]);
    }
  });

  it('goes on when the shell that npm was started from ends', async () => {
    const folder = project();
    const shell = start(folder, 'sh', ['-c', 'nohup npm start >/dev/null 2>&1 & exec sleep 60']);
    const pids = await startedIn(folder);
    try {
      shell.kill('SIGKILL');
      await expect(eventually('the runtime to end', async () => !pids.every(isAlive), 1_500)).rejects.toThrow(
        'not within',
      );
    } finally {
      endAll(pids);
    }
  });
});
