import { type AssemblySources, command, runStart, type WatchBundles } from '@archipelago/local/cli';
import { terminal } from './terminal.ts';

/** Loaded once the system runs: esbuild must not delay the start. */
const watchBundles: WatchBundles = async (listener) => {
  const { watchBundles: watch } = await import('../lib/bundle/watch.ts');
  return watch({ root: terminal.folder, ...listener });
};

const assemblySources: AssemblySources = async () => {
  const { assemblySources: sources } = await import('../lib/bundle/assembly-sources.ts');
  return sources(terminal.folder);
};

await command(() =>
  runStart(process.argv.slice(2), {
    terminal,
    watchBundles,
    assemblySources,
    suggestions: ['npm run demo    # list, register, order, watch; the same by hand: README.md, "Quick start"'],
  }),
);
