import { execFile } from 'node:child_process';
import { cp, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Block, type Command, quickStart } from '../docs/quick-start.ts';
import type { RunningHere } from './system.ts';

const MARK = '\n=== next command ===\n';

/** Nothing is left to happen when a reader goes on a moment later. */
const SETTLE = `curl -sf -X POST "$CONTROL_URL/control/quiesce" -H "authorization: Bearer $CONTROL_TOKEN" -d '{"timeoutMs":60000}' >/dev/null`;

const scriptOf = (blocks: readonly Block[]): string =>
  blocks.map((block) => [SETTLE, ...block.map(({ text }) => `${text}\nprintf '%s' "$MARK"`)].join('\n')).join('\n');

/** npm takes the folder for the project: its scripts find the running system there. */
const asProject = async (folder: string): Promise<void> => {
  await cp('package.json', join(folder, 'package.json'));
  for (const name of ['bin', 'node_modules']) await symlink(resolve(name), join(folder, name));
};

const inOrder = (answer: string, parts: readonly string[]): boolean => {
  let from = 0;
  for (const part of parts) {
    const at = answer.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
};

/** What a command answered, when that is not what the page promises. */
export type BrokenPromise = Command & { readonly answer: string };

/** Runs the README's quick start as it stands, in a shell beside a running system. */
export const runQuickStart = async ({ folder, controlUrl, controlToken }: RunningHere) => {
  await asProject(folder);
  const blocks = quickStart();
  const env = { ...process.env, MARK, CONTROL_URL: controlUrl, CONTROL_TOKEN: controlToken };
  const shell = ['-eu', '-o', 'pipefail', '-c', scriptOf(blocks)];
  const { stdout } = await promisify(execFile)('bash', shell, { cwd: folder, env });
  const answers = stdout.split(MARK);
  const done = blocks.flat().map((command, index) => ({ ...command, answer: answers[index] ?? '' }));
  const broken: readonly BrokenPromise[] = done.filter(({ answer, promised }) => !inOrder(answer, promised));
  return {
    commands: done.length,
    answered: answers.length - 1,
    promises: done.flatMap((each) => each.promised),
    broken,
  };
};
