import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnCommand } from './spawned.ts';

const SINCE = '2026-11-26T03:00:00Z';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archipelago-catch-up-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const run = async (...args: readonly string[]) => {
  const { ended, printed } = spawnCommand('operate/catch-up', folder, args);
  return { code: await ended, text: printed() };
};

describe('npm run catch-up', () => {
  it.each([
    ['nothing', [], /name a service, such as orders/],
    ['no time', ['orders'], /--since is missing/],
    ['what is no time', ['orders', '--since', 'yesterday'], /'yesterday' is no time like 2026-11-26T03:00:00Z/],
    ['two services', ['orders', 'catalog', '--since', SINCE], /'catalog' is too much/],
    ['an unknown option', ['orders', '--until', SINCE], /'--until'/],
  ])('refuses %s, and says where to look', async (_what, args, says) => {
    const { code, text } = await run(...args);
    expect(text).toMatch(says);
    expect(text).toContain('npm run catch-up -- --help');
    expect(code).toBe(2);
  });

  it('says that nothing runs, and what to do', async () => {
    const { code, text } = await run('orders', '--since', SINCE);
    expect(text).toMatch(/nothing runs here.*npm start/s);
    expect(code).toBe(1);
  });

  it('explains itself', async () => {
    const { code, text } = await run('--help');
    expect(text).toMatch(/--since TIME.*--stage NAME.*payment token/s);
    expect(code).toBe(0);
  });
});
