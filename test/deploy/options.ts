import { parseArgs } from 'node:util';
import { Problem } from './problem.ts';

export interface Options {
  /** 0 takes any that is free. */
  readonly port: number;
}

const MAX_PORT = 65_535;

/** Throws a Problem for an option that there is not. */
export const readOptions = (args: readonly string[]): Options => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { port: { type: 'string', default: '0' } },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > MAX_PORT) throw new Error(`${values.port} is no port`);
    return { port };
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : error}\nusage: npm run test:deploy -- [--port N]`);
  }
};
