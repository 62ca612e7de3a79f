import { command, terminal } from '../local/cli/command.ts';
import { runToken } from '../local/cli/run-token.ts';

await command(async () => {
  process.exitCode = await runToken(process.argv.slice(2), terminal);
});
