import { command, runInvoke } from '@archipelago/local/cli';
import { terminal } from './terminal.ts';

await command(async () => {
  process.exitCode = await runInvoke(process.argv.slice(2), terminal);
});
