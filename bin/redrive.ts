import { command, runRedrive } from '@archipelago/local/cli';
import { terminal } from './terminal.ts';

await command(async () => {
  process.exitCode = await runRedrive(process.argv.slice(2), terminal);
});
