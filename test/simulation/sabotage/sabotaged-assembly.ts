import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Patch } from './sabotages.ts';

/** Bundles of an assembly by the name of their function: `asset.<hash>.<function>/index.js`. */
const bundlesOf = async (assemblyFolder: string, functionName: string): Promise<readonly string[]> => {
  const folders = (await readdir(assemblyFolder)).filter((name) => /^asset\.[0-9a-f]+\./.test(name));
  return folders
    .filter((name) => name.split('.').slice(2).join('.') === functionName)
    .map((name) => join(assemblyFolder, name, 'index.js'));
};

/** The bundle as the patch wants it. Throws an Error when the code is no longer what the patch was written for. */
const patched = (source: string, { anchor, instead }: Patch, functionName: string): string => {
  const times = [...source.matchAll(new RegExp(anchor, 'g'))].length;
  if (times === 1) return source.replace(anchor, instead);
  throw new Error(`the bundle of ${functionName} holds ${times} times, instead of once: ${anchor}`);
};

const patchesOf = (patches: readonly Patch[]) =>
  patches.flatMap((patch) => patch.functions.map((functionName) => ({ patch, functionName })));

/** Calls `onBundle` with each bundle that a patch changes, as it is after that patch. */
const patchAll = async (
  assemblyFolder: string,
  patches: readonly Patch[],
  onBundle: (file: string, source: string) => Promise<void>,
): Promise<void> => {
  for (const { patch, functionName } of patchesOf(patches)) {
    const bundles = await bundlesOf(assemblyFolder, functionName);
    if (bundles.length === 0) throw new Error(`no function is called ${functionName}`);
    for (const file of bundles) await onBundle(file, patched(await readFile(file, 'utf8'), patch, functionName));
  }
};

/** Throws an Error when a patch no longer fits. Changes nothing. */
export const checkPatches = (assemblyFolder: string, patches: readonly Patch[]): Promise<void> =>
  patchAll(assemblyFolder, patches, async () => undefined);

/** A copy of the assembly with its bundles changed; whoever asks for it removes it. */
export const sabotagedAssembly = async (assemblyFolder: string, patches: readonly Patch[]): Promise<string> => {
  const copy = await mkdtemp(join(tmpdir(), 'sabotaged-'));
  await cp(assemblyFolder, copy, { recursive: true });
  await patchAll(copy, patches, (file, source) => writeFile(file, source));
  return copy;
};
