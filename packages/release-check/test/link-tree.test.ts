import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { linkTree } from '../src/link-tree.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'link-tree-'));
  await mkdir(join(folder, 'modules/zod/mini'), { recursive: true });
  await writeFile(join(folder, 'modules/zod/mini/index.js'), 'export {};');
  await symlink('../../packages/local', join(folder, 'modules/local'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('a linked tree', () => {
  it('has the same files, without a copy, and links as they were', async () => {
    await linkTree(join(folder, 'modules'), join(folder, 'same'));
    const [original, linked] = ['modules', 'same'].map((name) => join(folder, name, 'zod/mini/index.js'));
    expect(await readFile(linked ?? '', 'utf8')).toBe('export {};');
    expect((await stat(linked ?? '')).ino).toBe((await stat(original ?? '')).ino);
    expect((await lstat(join(folder, 'same/zod'))).isDirectory()).toBe(true);
    expect(await readlink(join(folder, 'same/local'))).toBe('../../packages/local');
  });

  it('is given up when it is interrupted', async () => {
    const interrupted = AbortSignal.abort(new Error('interrupted'));
    await expect(linkTree(join(folder, 'modules'), join(folder, 'none'), interrupted)).rejects.toThrow('interrupted');
    expect(await readdir(folder)).not.toContain('none');
  });
});
