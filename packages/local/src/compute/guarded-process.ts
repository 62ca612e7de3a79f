import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { messageOf } from '../core/thrown.ts';

/** What a process is started from. */
export interface Command {
  readonly argv: readonly string[];
  /** Everything that it finds in its environment. */
  readonly variables: Readonly<Record<string, string>>;
  readonly folder: string;
  /** What is run when the process was killed, or the runtime has died before it: it takes away what goes on otherwise. */
  readonly afterwards?: readonly string[];
}

export interface ProcessEvents {
  /** A line; of errors, several that were written at one time. */
  onText(level: 'INFO' | 'ERROR', text: string): void;
}

/** A process of its own, which does not outlive the runtime. */
export interface GuardedProcess {
  readonly pid: number | undefined;
  /** Resolves with `exit code 1`, `SIGKILL` or why it did not start; by then everything it printed has come. */
  readonly ended: Promise<string>;
  /** Asks the process itself to end, as a container's first process is asked. */
  terminate(): void;
  /** Ends it and what it started. */
  kill(): void;
}

const isWindows = process.platform === 'win32';

/**
 * Waits until standard input closes, which the operating system does however the runtime ends, and ends the process group
 * then. A process beside, and not around: signals, exit codes and variables reach the process as they are.
 */
const GUARD = 'read -r _; kill -9 "-$0" 2>/dev/null; [ $# -eq 0 ] || "$@"';

const startGuard = (pid: number, { afterwards = [], variables }: Command): ChildProcess =>
  spawn('/bin/sh', ['-c', GUARD, String(pid), ...afterwards], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...variables },
    detached: true,
  });

const killGroup = (child: ChildProcess): void => {
  try {
    if (isWindows || child.pid === undefined) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
};

const clearUp = ({ afterwards: [file, ...args] = [], variables }: Command): void => {
  if (file !== undefined) spawn(file, args, { env: { ...variables }, stdio: 'ignore' }).on('error', () => undefined);
};

const isJson = (line: string): boolean => line.startsWith('{');

/** What was written at one time becomes one text, so that an error keeps its stack; JSON lines stand for themselves. */
const joined = (lines: readonly string[]): readonly string[] => {
  const texts: string[] = [];
  let open = false;
  for (const line of lines) {
    const last = texts.pop();
    if (last === undefined) texts.push(line);
    else texts.push(...(open && !isJson(line) ? [`${last}\n${line}`] : [last, line]));
    open = !isJson(line);
  }
  return texts.map((text) => text.replace(/\n+$/, ''));
};

const readTexts = (
  stream: Readable | null,
  textsIn: (lines: readonly string[]) => readonly string[],
  onText: (text: string) => void,
): void => {
  let rest = '';
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const text of textsIn(lines)) onText(text);
  });
  stream?.on('end', () => {
    if (rest !== '') onText(rest);
  });
};

const endingOf = (code: number | null, signal: string | null): string => signal ?? `exit code ${code ?? 'unknown'}`;

/** A group of its own, so that Ctrl+C in the terminal reaches the runtime alone, which ends it in order. */
export const startProcess = (command: Command, events: ProcessEvents): GuardedProcess => {
  const { argv, variables, folder } = command;
  const [file = '', ...args] = argv;
  const child = spawn(file, args, {
    cwd: folder,
    env: { ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !isWindows,
    windowsHide: true,
  });
  const guard = isWindows || child.pid === undefined ? undefined : startGuard(child.pid, command);
  guard?.on('error', () => undefined);
  readTexts(
    child.stdout,
    (lines) => lines,
    (text) => events.onText('INFO', text),
  );
  readTexts(child.stderr, joined, (text) => events.onText('ERROR', text));
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(messageOf(error)));
    // As in a container, whatever it started ends with it; the streams close only then.
    child.once('exit', (_code, signal) => {
      killGroup(child);
      guard?.kill('SIGKILL');
      if (signal === 'SIGKILL') clearUp(command);
    });
    child.once('close', (code, signal) => resolve(endingOf(code, signal)));
  });
  return { pid: child.pid, ended, terminate: () => void child.kill('SIGTERM'), kill: () => killGroup(child) };
};
