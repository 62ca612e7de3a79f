import type { Resource } from '../../core/emulated-service.ts';
import type { Changes } from '../../runtime/apply-changes.ts';
import type { Terminal } from '../terminal.ts';
import { changeLines } from './change-lines.ts';
import { printableJson, printableLines } from './printable.ts';
import { decorationFor } from './style.ts';

/** What became of edited sources of the assembly. */
export interface ChangeReporter {
  applied(sources: readonly string[], changes: Changes, durationMs: number): void;
  /** The assembly could not be synthesized or applied; the system before goes on. */
  failed(sources: readonly string[], message: string): void;
}

const idOf = ({ stack, logicalId, type }: Resource) => ({ stack, logicalId, type });

const jsonChangeReporter = ({ out }: Terminal): ChangeReporter => ({
  applied: (sources, { created, changed, removed, stale }, durationMs) => {
    const fields = {
      created: created.map(idOf),
      changed: changed.map(idOf),
      removed: removed.map(idOf),
      stale: stale.map(({ resource, reason }) => ({ ...idOf(resource), reason })),
    };
    out(printableJson({ event: 'applied', sources, ...fields, durationMs }));
  },
  failed: (sources, message) => out(printableJson({ event: 'notApplied', sources, message })),
});

const textChangeReporter = (terminal: Terminal, quiet: boolean, startCommand: string): ChangeReporter => {
  const { out, err } = terminal;
  const { time } = decorationFor(terminal);
  return {
    applied: (sources, changes, durationMs) => {
      const { applied, stale } = changeLines(sources, changes, durationMs, startCommand);
      if (!quiet) out(`${time(Date.now())}${applied}`);
      if (stale !== undefined) err(`${time(Date.now())}${stale}`);
    },
    failed: (sources, message) => {
      const first = `${time(Date.now())}${sources.join(', ')} not applied, the system before goes on running:`;
      err([first, ...printableLines(message)].join('\n'));
    },
  };
};

export const createChangeReporter = (
  terminal: Terminal,
  { json, quiet }: { readonly json: boolean; readonly quiet: boolean },
  startCommand: string,
): ChangeReporter => (json ? jsonChangeReporter(terminal) : textChangeReporter(terminal, quiet, startCommand));
