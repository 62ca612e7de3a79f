import { readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { type FolderWatcher, isFolder, watchFolder } from './watch-folder.ts';

/** Editors write a file in several steps, and a branch is checked out file by file. */
const SETTLE_MS = 150;

/** Written by tools, not by people: never a source. */
const NO_SOURCE = /^(?:\..*|node_modules|cdk\.out|build)$/;

const foldersOf = (root: string, sources: readonly string[]): readonly string[] =>
  sources
    .flatMap((source) => (source === '.' ? readdirSync(root).filter((name) => !NO_SOURCE.test(name)) : [source]))
    .filter((source) => isFolder(join(root, source)));

/** Calls back with the sources that changed, relative to the root with forward slashes, until it is closed. */
export const watchSources = (
  root: string,
  sources: readonly string[],
  onChange: (changed: readonly string[]) => void,
): FolderWatcher => {
  const folders = foldersOf(root, sources);
  const files = new Set(sources.filter((source) => !folders.includes(source)));
  const changed = new Set<string>();
  let settling: NodeJS.Timeout | undefined;
  const notice = (file: string) => {
    changed.add(file);
    clearTimeout(settling);
    settling = setTimeout(() => {
      const all = [...changed];
      changed.clear();
      onChange(all);
    }, SETTLE_MS);
  };
  const watchers: FolderWatcher[] = [
    ...folders.map((folder) => watchFolder(join(root, folder), (path) => notice(`${folder}/${path}`))),
    // A single file is watched through its folder: an editor may put another file in its place.
    watch(root, (_event, name) => {
      if (name !== null && files.has(name)) notice(name);
    }),
  ];
  return {
    close: () => {
      clearTimeout(settling);
      for (const watcher of watchers) watcher.close();
    },
  };
};
