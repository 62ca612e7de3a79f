import { join } from 'node:path';
import { type Spawned, spawnProgram } from '../../src/testing/spawned.ts';

export const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'archipelago-local.js');

/** Runs one of the package's commands in the folder of a project. */
export const spawnCommand = (
  name: string,
  folder: string,
  args: readonly string[],
  nodeOptions: readonly string[] = [],
): Spawned => spawnProgram([PROGRAM, name, ...args], folder, nodeOptions);
