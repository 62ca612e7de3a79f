import { command, terminal } from '../local/cli/command.ts';
import { runEnv } from '../local/cli/run-env.ts';

await command(async () => {
  process.exitCode = await runEnv(process.argv.slice(2), terminal);
});
