import { readFileSync } from 'node:fs';
import { isAlive } from '../runtime/is-alive.ts';

/** How often it looks: what runs here is gone within a second of the script that started it. */
const LOOK_EVERY_MS = 250;

const SHELL = /^(?:ba|da|k|z)?sh$/;

interface Ancestor {
  readonly name: string;
  readonly parent: number;
}

/** From `/proc`, which Linux has; `<pid> (<name>) <state> <parent> …`. Undefined elsewhere, or when the process is gone. */
const ancestor = (pid: number): Ancestor | undefined => {
  try {
    const [, name = '', parent] = /\((.*)\) \S+ (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return { name, parent: Number(parent) };
  } catch {
    return undefined;
  }
};

/**
 * The processes between this one and the npm that started it. A process whose parent ends gets another parent, so these
 * numbers stay as they are exactly as long as npm lives. npm runs a script in a shell; most shells make way for the only
 * command they are given, so that npm is the parent, but an old dash stays in between.
 */
const lineage = (): string => {
  const { ppid } = process;
  const shell = ancestor(ppid);
  return `${ppid} ${shell && SHELL.test(shell.name) ? shell.parent : ''}`;
};

/**
 * Calls back once when the npm (or pnpm, or yarn) that runs this process as a script is gone: nothing else would end it,
 * since a signal sent to npm alone does not arrive here. Started in any other way (`nohup node …`), it outlives its parent.
 */
export const whenStarterEnds = (onEnd: () => void): void => {
  if (process.env.npm_lifecycle_event === undefined) return;
  const { ppid } = process;
  const atStart = lineage();
  const timer = setInterval(() => {
    if (lineage() === atStart && isAlive(ppid)) return;
    clearInterval(timer);
    onEnd();
  }, LOOK_EVERY_MS);
  timer.unref();
};
