import { command, runToken } from '@archipelago/local/cli';
import { terminal } from './terminal.ts';

await command(async () => {
  process.exitCode = await runToken(process.argv.slice(2), terminal);
});
