import { type ParseArgsConfig, parseArgs } from 'node:util';
import { StartError } from '../core/start-error.ts';

/** Node's parseArgs, whose complaints become a StartError that says where to look. `script` is a name in package.json. */
export const parseOptions = <const Config extends ParseArgsConfig>(script: string, config: Config) => {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new StartError(String(error), 'the command line', `npm run ${script} -- --help shows what it takes`);
  }
};
