import type { JournalEntry } from '../core/journal.ts';
import type { Runtime } from '../runtime/start-runtime.ts';
import { banner, type Started } from './banner.ts';
import type { LocalOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Tells the person at the keyboard, or with --json a program, what happens. */
export interface Reporter {
  started(started: Started): void;
  /** From here on edits are picked up. */
  watching(): void;
  reloaded(name: string, durationMs: number): void;
  /** A rebuild failed; the code before it goes on running. */
  buildFailed(message: string): void;
  /** Editing will have no effect until the next start. */
  notWatching(reason: string): void;
  /** Prints HTTP requests and failed invocations as they end. */
  follow(runtime: Runtime): void;
}

const errorText = (entry: JournalEntry): string => {
  const error: unknown = entry.error;
  if (typeof error !== 'object' || error === null) return String(entry.status);
  return [Reflect.get(error, 'errorType'), Reflect.get(error, 'errorMessage')].filter(Boolean).join(': ');
};

const requestLine = ({ method, path, status, durationMs }: JournalEntry) =>
  `${String(method).padEnd(6)} ${path}  ${status}  ${durationMs} ms`;

const failureLine = (entry: JournalEntry) =>
  `failed ${entry.functionName}: ${errorText(entry)}  (${entry.source}, request ${entry.id})`;

const textReporter = ({ out, err }: Terminal, quiet: boolean): Reporter => ({
  started: (started) => {
    for (const line of banner(started, quiet)) out(line);
  },
  watching: () => {},
  reloaded: (name, durationMs) => out(`reloaded ${name} in ${durationMs} ms`),
  buildFailed: (message) => err(`not reloaded, the code before goes on running:\n${message}`),
  notWatching: (reason) => err(`edits are not picked up: ${reason}`),
  follow: ({ world }) => {
    world.journal.subscribe((kind, entry) => {
      if (kind === 'requests' && !quiet) out(requestLine(entry));
      if (kind === 'invocations' && entry.status !== 'ok') err(failureLine(entry));
    });
  },
});

const jsonReporter = ({ out }: Terminal): Reporter => {
  const print = (event: string, fields: object) => out(JSON.stringify({ event, ...fields }));
  return {
    started: ({ runtime, durationMs, stage, takenPort }) => {
      const { apiUrl, controlUrl, coverage, world } = runtime;
      const endpointUrl = world.endpointUrl();
      print('started', { apiUrl, endpointUrl, controlUrl, stage, durationMs, takenPort, coverage });
    },
    watching: () => print('watching', {}),
    reloaded: (name, durationMs) => print('reloaded', { name, durationMs }),
    buildFailed: (message) => print('buildFailed', { message }),
    notWatching: (reason) => print('notWatching', { reason }),
    follow: ({ world }) => {
      world.journal.subscribe((kind, entry) => {
        if (kind === 'requests') print('request', entry);
        if (kind === 'invocations' && entry.status !== 'ok') print('failedInvocation', entry);
      });
    },
  };
};

export const createReporter = (terminal: Terminal, { json, quiet }: LocalOptions): Reporter =>
  json ? jsonReporter(terminal) : textReporter(terminal, quiet);
