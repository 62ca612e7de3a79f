import { command, runEnv, terminal } from '@archipelago/local/cli';

await command(async () => {
  process.exitCode = await runEnv(process.argv.slice(2), terminal);
});
