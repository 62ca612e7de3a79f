import type { JournalEntry, JournalKind } from '../../core/journal.ts';
import type { Reporter } from '../reporter.ts';
import type { Terminal } from '../terminal.ts';
import { textIn } from './entry-values.ts';
import { createNotices } from './notices.ts';
import { printableJson } from './printable.ts';

/** The journal's entries as they are, under the name that a program knows them by. */
const eventOf = (kind: JournalKind, entry: JournalEntry): string | undefined => {
  if (kind === 'requests') return 'request';
  if (kind === 'logs') {
    const printedBy = textIn(entry, 'functionName') ?? textIn(entry, 'serviceName');
    return printedBy === undefined && entry.level !== 'ERROR' ? undefined : 'log';
  }
  return kind === 'invocations' && entry.status !== 'ok' ? 'failedInvocation' : undefined;
};

const IN_QUIET = new Set(['started', 'failure', 'delivery', 'failedInvocation', 'buildFailed', 'notWatching']);

/** What happens, as one JSON object a line for a program. */
export const jsonReporter = ({ out }: Terminal, { quiet }: { readonly quiet: boolean }): Reporter => {
  const print = (event: string, fields: object) => {
    if (!quiet || IN_QUIET.has(event)) out(printableJson({ event, ...fields }));
  };
  let unfollow = (): void => {};
  return {
    started: ({ runtime, durationMs, stage, takenPort, inspectorUrl }) => {
      const { apiUrl, controlUrl, coverage, world } = runtime;
      const endpointUrl = world.endpointUrl();
      print('started', { apiUrl, endpointUrl, controlUrl, stage, durationMs, takenPort, inspectorUrl, coverage });
    },
    watching: () => print('watching', {}),
    reloaded: (name, durationMs) => print('reloaded', { name, durationMs }),
    buildFailed: (message) => print('buildFailed', { message }),
    notWatching: (reason) => print('notWatching', { reason }),
    follow: ({ world }) => {
      const noticeOf = createNotices();
      unfollow = world.journal.subscribe((kind, entry) => {
        const event = eventOf(kind, entry);
        if (event !== undefined) print(event, entry);
        const notice = noticeOf(kind, entry);
        if (notice?.kind !== 'failure' && notice?.kind !== 'delivery') return;
        const { kind: name, ...fields } = notice;
        print(name, fields);
      });
    },
    stopping: () => unfollow(),
    stopped: () => print('stopped', {}),
  };
};
