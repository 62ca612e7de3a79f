import { type ParseArgsConfig, parseArgs } from 'node:util';
import { StartError } from '../core/start-error.ts';
import { messageOf } from '../core/thrown.ts';

/** Node's parseArgs, whose complaint becomes a StartError: its first sentence, and where to look. */
export const parseOptions = <const Config extends ParseArgsConfig>(helpCommand: string, config: Config) => {
  try {
    return parseArgs(config);
  } catch (error) {
    const [complaint = ''] = messageOf(error).split('. ');
    throw new StartError(complaint, 'the command line', `see ${helpCommand}`);
  }
};
