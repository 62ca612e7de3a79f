import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { removeOld } from '../support/synthesized.ts';

const NOW_MS = Date.now();

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assemblies-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const make = async (name: string, ageHours: number): Promise<void> => {
  await mkdir(join(folder, name));
  const madeAt = new Date(NOW_MS - ageHours * 3_600_000);
  await utimes(join(folder, name), madeAt, madeAt);
};

it('an assembly goes when it is old and the sources have moved on, and not before', async () => {
  await make('dev-0123', 2);
  await make('prod-0123', 2);
  await make('dev-4567', 2);
  await make('dev-89ab', 0.5);
  await removeOld(folder, '0123', NOW_MS);
  expect((await readdir(folder)).sort()).toEqual(['dev-0123', 'dev-89ab', 'prod-0123']);
});
