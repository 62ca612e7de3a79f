import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from '@jest/globals';
import { eventually } from '../../../../test/support/eventually.ts';
import { type FolderWatcher, watchFolder } from '../../src/cli/follow/watch-folder.ts';

let root: string;
let watcher: FolderWatcher;
let noticed: Set<string>;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'watched-'));
  mkdirSync(join(root, 'deep/er'), { recursive: true });
  writeFileSync(join(root, 'deep/er/a.ts'), '1');
  noticed = new Set();
  watcher = watchFolder(root, (path) => noticed.add(path));
});
afterEach(() => watcher.close());

const write = (path: string) => writeFileSync(join(root, path), `${Math.random()}`);

/** As editors save: another file takes the place of the old one. */
const replace = (path: string) => {
  write('draft');
  renameSync(join(root, 'draft'), join(root, path));
};

const notices = async (path: string, act: () => void) => {
  noticed.clear();
  act();
  await eventually(`${path} is noticed`, async () => noticed.has(path), 3_000);
};

describe('watching a folder', () => {
  it('notices a file that is written, replaced, replaced again and removed', async () => {
    const path = 'deep/er/a.ts';
    await notices(path, () => write(path));
    await notices(path, () => replace(path));
    await notices(path, () => replace(path));
    await notices(path, () => write(path));
    await notices(path, () => rmSync(join(root, path)));
  });

  it('notices files of a folder that is added, removed and added again', async () => {
    const add = () => {
      mkdirSync(join(root, 'new/inner'), { recursive: true });
      write('new/inner/b.ts');
    };
    await notices('new/inner/b.ts', add);
    await notices('new/inner/b.ts', () => write('new/inner/b.ts'));
    rmSync(join(root, 'new'), { recursive: true });
    await notices('new/inner/b.ts', add);
    await notices('new/inner/b.ts', () => replace('new/inner/b.ts'));
  });
});
