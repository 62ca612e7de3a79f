import { join } from 'node:path';
import { type Spawned, spawnProgram } from '@archipelago/local/testing';

export type { Spawned } from '@archipelago/local/testing';

const ROOT = join(import.meta.dirname, '..', '..');

/** Runs one of the commands in `bin/` as npm would, in the folder of a project. */
export const spawnCommand = (name: string, folder: string, args: readonly string[]): Spawned =>
  spawnProgram([join(ROOT, 'bin', 'run.js'), name, ...args], folder);
