import { parseArgs } from 'node:util';
import { UsageError } from '../options.ts';
import { COMMANDS, type Command } from './commands.ts';
import { FAMILIES, type Family } from './effects.ts';
import type { Part } from './parts.ts';

export interface CrashOptions {
  readonly commands: readonly Command[];
  readonly families: readonly Family[];
  readonly part: Part;
  readonly seed: number;
  /** An assembly that was made before; default: the one of the sources as they are. */
  readonly app: string | undefined;
  readonly jobs: number | undefined;
  /** A file of results: what it holds is not run again, and what is run is added. */
  readonly resume: string | undefined;
  /** Counts calls and runs nothing. */
  readonly onlyCounts: boolean;
}

export const CRASH_USAGE = `npm run simulate:crashes -- [options]

  Plays each command once to count the calls that its functions make, then once for each call and each thing that can
  become of it, and holds the system to its promises.

  --scenario <name>   this command only; may be given more than once
  --family <name>     killed: the function ends before and after the call;
                      once: the call is answered with a fault;
                      lasting: so are all later ones to the same operation, until faults end. Default: all three
  --part <i>/<n>      the i-th of n parts of the runs, mixed; day/<n> takes another one each day
  --seed <n>          default 1
  --app <folder>      simulate this assembly (cdk.out) instead of the sources as they are
  --resume <file>     keep results in this file; what it holds already is not run again
  --jobs <n>          processes at a time; default: one for each processor
  --count             only count
  --help              print this

Commands:
${COMMANDS.map(({ name, about }) => `  ${name.padEnd(20)}${about}`).join('\n')}
`;

const DAY_MS = 86_400_000;

const partOf = (text: string, nowMs: number): Part => {
  const [, number = '', of = ''] = /^(day|[1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
  const parts = Number(of);
  const part = number === 'day' ? (Math.floor(nowMs / DAY_MS) % parts) + 1 : Number(number);
  if (!(part >= 1 && part <= parts)) throw new UsageError(`--part is <i>/<n> or day/<n>, not '${text}'`);
  return { number: part, of: parts };
};

const numberOf = (name: string, text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`--${name} is a whole number from 1 on, not '${text}'`);
  return Number(text);
};

const chosen = <Choice>(
  what: string,
  names: readonly string[] | undefined,
  all: readonly Choice[],
  nameOf: (choice: Choice) => string,
): readonly Choice[] =>
  names?.map((name) => {
    const found = all.find((each) => nameOf(each) === name);
    if (found === undefined)
      throw new UsageError(`there is no ${what} '${name}'; there is ${all.map(nameOf).join(', ')}`);
    return found;
  }) ?? all;

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        scenario: { type: 'string', multiple: true },
        family: { type: 'string', multiple: true },
        part: { type: 'string', default: '1/1' },
        seed: { type: 'string', default: '1' },
        app: { type: 'string' },
        resume: { type: 'string' },
        jobs: { type: 'string' },
        count: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

/** Undefined when help was asked for. Throws UsageError. */
export const readCrashOptions = (args: readonly string[], nowMs: number): CrashOptions | undefined => {
  const given = parse(args);
  if (given.help) return undefined;
  return {
    commands: chosen('command', given.scenario, COMMANDS, ({ name }) => name),
    families: chosen('family', given.family, FAMILIES, (name) => name),
    part: partOf(given.part, nowMs),
    seed: numberOf('seed', given.seed),
    app: given.app,
    resume: given.resume,
    jobs: given.jobs === undefined ? undefined : numberOf('jobs', given.jobs),
    onlyCounts: given.count,
  };
};
