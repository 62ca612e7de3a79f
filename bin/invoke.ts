import { command, terminal } from '../packages/local/src/cli/command.ts';
import { runInvoke } from '../packages/local/src/cli/run-invoke.ts';

await command(async () => {
  process.exitCode = await runInvoke(process.argv.slice(2), terminal);
});
