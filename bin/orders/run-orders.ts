import type { Terminal } from '@archipelago/local/cli';
import { type Target, targetOf } from '../aws/target.ts';
import { type OpenList, operate, type ShownOrder } from './operate.ts';
import { helpOf, type Options, readOptions } from './options.ts';
import { openLines, orderLines } from './print.ts';
import { deadLetters, parkedMessages } from './stuck-messages.ts';

const listOpen = async (target: Target, options: Options): Promise<readonly string[]> => {
  const list = await operate<OpenList>(target, options);
  return options.json ? [JSON.stringify(list, null, 2)] : openLines(list, Date.now());
};

const showOrder = async (target: Target, options: Options): Promise<readonly string[]> => {
  const shown = await operate<ShownOrder>(target, options);
  const [parked, dead] = await Promise.all([
    parkedMessages(target, options.orderId),
    deadLetters(target, options.orderId),
  ]);
  return options.json
    ? [JSON.stringify({ ...shown, parked, deadLetters: dead }, null, 2)]
    : orderLines(shown, { parked, dead }, Date.now());
};

/** Answers the exit code. */
export const runOrders = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  const options = readOptions(args);
  if (options.help) {
    terminal.out(helpOf(options.action));
    return 0;
  }
  const target = targetOf(options, terminal);
  const lines = await (options.action === 'open' ? listOpen : showOrder)(target, options);
  for (const line of lines) terminal.out(line);
  return 0;
};
