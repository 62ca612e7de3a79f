import { command, runEnv } from '@archipelago/local/cli';
import { terminal } from './terminal.ts';

await command(async () => {
  process.exitCode = await runEnv(process.argv.slice(2), terminal);
});
