import { command, runToken, terminal } from '@archipelago/local/cli';

await command(async () => {
  process.exitCode = await runToken(process.argv.slice(2), terminal);
});
