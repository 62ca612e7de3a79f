import { command, terminal } from '../local/cli/command.ts';
import { runInvoke } from '../local/cli/run-invoke.ts';

await command(async () => {
  process.exitCode = await runInvoke(process.argv.slice(2), terminal);
});
