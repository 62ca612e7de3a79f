import { dirname } from 'node:path';
import { NOT_CHECKED, runCheck } from '@archipelago/release-check';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interrupted.abort());

try {
  const run = { root: dirname(import.meta.dirname), terminal: console, signal: interrupted.signal };
  process.exitCode = await runCheck(run, process.argv.slice(2));
} catch (error) {
  console.error(error);
  process.exitCode = NOT_CHECKED;
}
