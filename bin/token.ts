import { command, terminal } from '../packages/local/src/cli/command.ts';
import { runToken } from '../packages/local/src/cli/run-token.ts';

await command(async () => {
  process.exitCode = await runToken(process.argv.slice(2), terminal);
});
