import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const filesBelow = (folder: string, path: string): readonly string[] => {
  const stats = statSync(join(folder, path), { throwIfNoEntry: false });
  if (!stats) return [];
  if (!stats.isDirectory()) return [path];
  const entries: Dirent[] = readdirSync(join(folder, path), { withFileTypes: true });
  return entries
    .filter(({ name }) => name !== 'node_modules')
    .flatMap((entry) => {
      const inner = join(path, entry.name);
      return entry.isDirectory() ? filesBelow(folder, inner) : [inner];
    });
};

/** Changes when a source is added, removed or edited (path, size, time), or the stage is another. */
export const fingerprintOf = (folder: string, sources: readonly string[], stage: string): string => {
  const hash = createHash('sha256').update(stage);
  for (const path of sources.flatMap((source) => filesBelow(folder, source)).sort()) {
    const { size, mtimeMs } = statSync(join(folder, path));
    hash.update(`\n${path} ${size} ${mtimeMs}`);
  }
  return hash.digest('hex');
};

const FILE = '.fingerprint';

/** Ties the fingerprint to the manifest it was taken for: a `cdk synth` by hand in between makes it void. */
const stamp = (outFolder: string, fingerprint: string) =>
  `${fingerprint} ${statSync(join(outFolder, 'manifest.json')).mtimeMs}`;

export const isFresh = (outFolder: string, fingerprint: string): boolean => {
  try {
    return readFileSync(join(outFolder, FILE), 'utf8') === stamp(outFolder, fingerprint);
  } catch {
    return false;
  }
};

export const markFresh = (outFolder: string, fingerprint: string): void =>
  writeFileSync(join(outFolder, FILE), stamp(outFolder, fingerprint));
