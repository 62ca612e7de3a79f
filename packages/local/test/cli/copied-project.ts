import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A project of its own for one test. */
export const copyProject = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'project-'));
  cpSync(join(import.meta.dirname, 'project'), folder, { recursive: true });
  return folder;
};

/** One line for each synthesis: the stage and the colour it was given. */
export const runsOf = (folder: string): readonly string[] =>
  readFileSync(join(folder, 'runs.txt'), 'utf8').trim().split('\n');
