import { command, terminal } from '../packages/local/src/cli/command.ts';
import { runEnv } from '../packages/local/src/cli/run-env.ts';

await command(async () => {
  process.exitCode = await runEnv(process.argv.slice(2), terminal);
});
