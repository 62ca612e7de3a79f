import { banner } from '../banner.ts';
import type { Reporter } from '../reporter.ts';
import type { Terminal } from '../terminal.ts';
import { deliveryLine } from './delivery-line.ts';
import { failureLines, looksLike } from './failure-lines.ts';
import { foldRequests } from './fold-requests.ts';
import type { FailureNotice, Notice, OutputNotice } from './notice.ts';
import { createNotices } from './notices.ts';
import { outputLines } from './output-lines.ts';
import { printableLines } from './printable.ts';
import { requestLine } from './request-line.ts';
import { createShortNames } from './short-names.ts';
import { decorationFor } from './style.ts';

export interface TextOptions {
  /** Failures only. */
  readonly quiet: boolean;
  /** Structured log lines of every level. */
  readonly logs: boolean;
}

const isSevere = ({ level }: OutputNotice): boolean => level === 'ERROR' || level === 'FATAL';

/** Structured lines are many: a request's own line, a batch's. Without being asked for, only what warns is shown. */
const isShown = (notice: OutputNotice, { quiet, logs }: TextOptions): boolean =>
  isSevere(notice) || (!quiet && (logs || !notice.structured || notice.level === 'WARN'));

/** What happens, as lines for a person. */
export const textReporter = (terminal: Terminal, options: TextOptions): Reporter => {
  const { out, err, folder } = terminal;
  const decoration = decorationFor(terminal);
  const { paint, time } = decoration;
  let failed: FailureNotice | undefined;
  let unfollow = (): void => {};
  let shortName = (name: string): string => name;

  const requests = foldRequests((request, count) => {
    const { functionName } = request;
    const named = functionName === undefined ? request : { ...request, functionName: shortName(functionName) };
    out(requestLine(named, decoration, count > 1 ? paint('dim', `×${count}`) : ''));
  });

  const fail = (failure: FailureNotice): void => {
    const shown = { functionName: shortName(failure.functionName), folder, isRepeat: looksLike(failure, failed) };
    // In one piece: lines of standard output must not come between.
    err(failureLines(failure, shown, decoration).join('\n'));
    failed = failure;
  };

  const tell = (notice: Notice): void => {
    switch (notice.kind) {
      case 'request':
        if (!options.quiet) requests.add(notice);
        return;
      case 'failure':
        if (!notice.planned) fail(notice);
        return;
      case 'delivery':
        err(deliveryLine(notice, shortName, decoration));
        return;
      case 'output': {
        if (!isShown(notice, options)) return;
        const print = isSevere(notice) ? err : out;
        print(outputLines(notice, shortName(notice.source), decoration).join('\n'));
      }
    }
  };

  return {
    started: (started) => {
      for (const line of banner(started, options.quiet, terminal.commandLine)) out(line);
    },
    watching: () => {},
    reloaded: (name, durationMs) => out(`${time(Date.now())}reloaded ${name} in ${durationMs} ms`),
    buildFailed: (message) => {
      const first = `${time(Date.now())}not reloaded, the code before goes on running:`;
      err([first, ...printableLines(message)].join('\n'));
    },
    notWatching: (reason) => err(`edits are not picked up: ${reason}`),
    follow: ({ world }) => {
      const noticeOf = createNotices();
      shortName = createShortNames(() => world.need('functions').names());
      unfollow = world.journal.subscribe((kind, entry) => {
        const notice = noticeOf(kind, entry);
        if (notice !== undefined) tell(notice);
      });
    },
    stopping: () => {
      unfollow();
      requests.flush();
    },
    stopped: () => {
      out(terminal.interactive ? '\nStopped.' : 'Stopped.');
    },
  };
};
