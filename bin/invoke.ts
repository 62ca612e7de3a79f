import { command, runInvoke, terminal } from '@archipelago/local/cli';

await command(async () => {
  process.exitCode = await runInvoke(process.argv.slice(2), terminal);
});
