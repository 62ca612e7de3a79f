import { messageOf } from '../../core/thrown.ts';
import type { Changes } from '../../runtime/apply-changes.ts';
import type { ChangeReporter } from '../report/change-reporter.ts';
import { watchSources } from './watch-sources.ts';

/**
 * The files that the assembly is made from, relative to the project with forward slashes. Comes from outside: what else
 * lies among the sources of cdk.json, such as the code of handlers, need not be synthesized again when it changes.
 */
export type AssemblySources = () => Promise<ReadonlySet<string>>;

export interface Following {
  readonly folder: string;
  /** Folders and files below it. */
  readonly sources: readonly string[];
  readonly assemblySources: AssemblySources | undefined;
  /** Makes the assembly of the sources as they are now; answers its folder. */
  synthesize(signal: AbortSignal): Promise<string>;
  apply(assemblyFolder: string): Promise<Changes>;
  readonly reporter: ChangeReporter;
}

/** Without an answer every source counts. */
const relevantOf = async ({ assemblySources }: Following): Promise<ReadonlySet<string> | undefined> => {
  try {
    return await assemblySources?.();
  } catch {
    return undefined;
  }
};

/** Synthesizes again when a source of the assembly changes, and applies what came of it, until it is closed. */
export const followSources = (following: Following): { close(): void } => {
  const { folder, sources, reporter } = following;
  const aborted = new AbortController();
  let relevant = relevantOf(following);
  let working = Promise.resolve();

  const follow = async (changed: readonly string[]) => {
    const known = await relevant;
    // A source that is named by itself, such as cdk.json, always counts.
    const edited = changed.filter((file) => known === undefined || known.has(file) || sources.includes(file));
    if (edited.length === 0 || aborted.signal.aborted) return;
    const startedMs = performance.now();
    try {
      const changes = await following.apply(await following.synthesize(aborted.signal));
      reporter.applied(edited, changes, Math.round(performance.now() - startedMs));
      relevant = relevantOf(following);
    } catch (error) {
      if (!aborted.signal.aborted) reporter.failed(edited, messageOf(error));
    }
  };

  const watcher = watchSources(folder, sources, (changed) => {
    working = working.then(() => follow(changed));
  });
  return {
    close: () => {
      aborted.abort();
      watcher.close();
    },
  };
};
