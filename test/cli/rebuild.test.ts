import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnCommand } from './spawned.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archipelago-rebuild-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const run = async (...args: readonly string[]) => {
  const { ended, printed } = spawnCommand('rebuild', folder, args);
  return { code: await ended, text: printed() };
};

describe('npm run rebuild', () => {
  it.each([
    ['nothing', [], /name a service and its view/],
    ['no view', ['orders'], /name a service and its view/],
    ['a view that reads its state', ['catalog', 'products'], /catalog has no view 'products' that is made from events/],
    ['more than a view', ['orders', 'orders', 'now'], /'now' is too much/],
    ['an unknown option', ['orders', 'orders', '--force'], /'--force'/],
    ['options that exclude each other', ['orders', 'orders', '--compare', '--cancel'], /exclude each other/],
  ])('refuses %s, and says where to look', async (_what, args, says) => {
    const { code, text } = await run(...args);
    expect(text).toMatch(says);
    expect(text).toContain('npm run rebuild -- --help');
    expect(code).toBe(2);
  });

  it('says that nothing runs, and what to do', async () => {
    const { code, text } = await run('orders', 'orders');
    expect(text).toMatch(/nothing runs here.*npm start/s);
    expect(code).toBe(1);
  });

  it('explains itself', async () => {
    const { code, text } = await run('--help');
    expect(text).toMatch(/--stage NAME.*--compare.*--cancel/s);
    expect(code).toBe(0);
  });
});
