import { command } from '@archipelago/local/cli';
import { runOrders } from './orders/run-orders.ts';
import { terminal } from './terminal.ts';

await command(async () => {
  process.exitCode = await runOrders(process.argv.slice(2), terminal);
});
