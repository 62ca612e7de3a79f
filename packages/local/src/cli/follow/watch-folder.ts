import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';

export interface FolderWatcher {
  close(): void;
}

export const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/**
 * Folder by folder: on Linux Node's recursive watch follows every single file, and loses one that is saved by putting
 * another in its place, as many editors do.
 */
const watchEachFolder = (root: string, onFile: (path: string) => void): FolderWatcher => {
  const watchers = new Map<string, FSWatcher>();

  const forget = (folder: string) => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };

  /** `isNew`: its files came before it could be watched. */
  const add = (folder: string, isNew: boolean) => {
    forget(folder);
    const watcher = watch(join(root, folder), (event, name) => {
      if (name === null) return;
      const path = join(folder, name);
      if (!isFolder(join(root, path))) {
        forget(path);
        onFile(path);
      } else if (event === 'rename') {
        add(path, true);
      }
    });
    watchers.set(
      folder,
      watcher.on('error', () => forget(folder)),
    );
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) add(path, isNew);
      else if (isNew) onFile(path);
    }
  };

  add('', false);
  return {
    close: () => {
      for (const folder of [...watchers.keys()]) forget(folder);
    },
  };
};

/** Calls back with the path, relative to the folder, of each file below it that is written, added or removed. */
export const watchFolder = (root: string, onFile: (path: string) => void): FolderWatcher => {
  const notice = (path: string) => onFile(path.replaceAll('\\', '/'));
  if (process.platform === 'linux') return watchEachFolder(root, notice);
  return watch(root, { recursive: true }, (_event, name) => {
    if (name !== null && !isFolder(join(root, name))) notice(name);
  });
};
