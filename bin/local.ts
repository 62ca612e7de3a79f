import { setTimeout as pause } from 'node:timers/promises';
import { command, HELP, parseLocalOptions, runLocal, terminal, type WatchBundles } from '@archipelago/local/cli';

/** Ctrl+C must have ended everything within two seconds, whatever hangs. */
const STOP_WITHIN_MS = 1_800;

/** Loaded once the system runs: esbuild must not delay the start. */
const watchBundles: WatchBundles = async (listener) => {
  const { watchBundles: watch } = await import('../lib/bundle/watch.ts');
  return watch({ root: terminal.folder, ...listener });
};

await command(async () => {
  const options = parseLocalOptions(process.argv.slice(2));
  if (options.help) {
    terminal.out(HELP);
    return;
  }
  const aborted = new AbortController();
  const starting = runLocal(options, {
    terminal,
    sinceStartMs: () => performance.now(),
    watchBundles,
    suggestions: ['npm run demo    # list, register, order, watch; the same by hand: README.md, "Quick start"'],
    signal: aborted.signal,
  });
  const stop = async () => {
    aborted.abort();
    const ended = starting.then((run) => run.stop()).catch(() => {});
    await Promise.race([ended, pause(STOP_WITHIN_MS)]);
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop());
  await starting.catch((error: unknown) => {
    if (!aborted.signal.aborted) throw error;
  });
});
