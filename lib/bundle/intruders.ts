import type { Metafile } from 'esbuild';
import { bundleOf, type Entry } from './entries.ts';

/** What every function may carry besides its own service: kernel, edge, adapters, the messages, and packages. */
const ALLOWED = [
  'functions/kernel/',
  'functions/edge/',
  'functions/adapters/',
  'events/contracts/',
  'events/grpc/',
  'node_modules/',
  'build/packages/',
];

/** The sources of a bundle, relative to the root. */
export const inputsOf = (metafile: Metafile, entry: Entry): readonly string[] =>
  Object.keys(metafile.outputs[bundleOf(entry)]?.inputs ?? {});

/** Throws an Error that names each file of another service, or of a room that does not run in Lambda. */
export const refuseIntruders = (metafile: Metafile, entries: readonly Entry[]): void => {
  const findings = entries.flatMap((entry) => {
    const own = [...ALLOWED, `functions/${entry.service}/`];
    return inputsOf(metafile, entry)
      .filter((input) => !own.some((folder) => input.startsWith(folder)))
      .map((intruder) => `${entry.source} carries ${intruder}`);
  });
  if (findings.length === 0) return;
  throw new Error(`a bundle may hold only its own service, kernel, edge and adapters:\n  ${findings.join('\n  ')}`);
};
