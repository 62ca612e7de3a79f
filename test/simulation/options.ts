import { parseArgs } from 'node:util';
import { readWithout } from './campaign/drops.ts';
import { ROUND, SCENARIOS, scenarioNamed } from './scenarios.ts';
import type { Scenario } from './stage.ts';

export interface Options {
  readonly from: number;
  readonly seeds: number;
  readonly scenarios: readonly Scenario[];
  /** An assembly that was made before; default: the one of the sources as they are. */
  readonly app: string | undefined;
  /** An assembly of another release, which serves beside. */
  readonly beside: string | undefined;
  /** The same, of a commit. */
  readonly against: string | undefined;
  /** Processes at a time; default: one for each processor. */
  readonly jobs: number | undefined;
  /** A file of results: what it holds is not run again, and what is run is added. */
  readonly resume: string | undefined;
  /** Whether what came of it is written into `last-run.json`, for docs/faults.md. */
  readonly record: boolean;
  /** What the story does without; see `campaign/drops.ts`. */
  readonly without: string | undefined;
  readonly notes: boolean;
}

export class UsageError extends Error {}

export const USAGE = `npm run simulate -- [options]

  Runs the system under seeds, with faults, and holds it to its promises.

  --seeds <n>         how many seeds; default 20
  --from <n>          the first of them; default 1
  --seed <n>          this one only
  --scenario <name>   this scenario only; default: each seed takes the next of them
  --app <folder>      simulate this assembly (cdk.out) instead of the sources as they are
  --beside <folder>   two releases side by side: each environment runs this assembly's code or the simulated one's
  --against <ref>     the same with what this commit, branch or tag would deploy: what the next release will meet
  --resume <file>     keep results in this file; what it holds already is not run again
  --jobs <n>          processes at a time; default: one for each processor
  --record            write the figures at the end into what docs/faults.md is made of
  --without <pieces>  leave these out, for --seed: order:1,fault:3-9,late ... as a failure prints them
  --notes             print everything that passes a gate, for --seed
  --help              print this

Scenarios:
${SCENARIOS.map(({ name, about }) => `  ${name.padEnd(20)}${about}`).join('\n')}
`;

const numberOf = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`--${name} is a whole number from 1 on, not '${text}'`);
  return Number(text);
};

const scenariosOf = (name: string | undefined): readonly Scenario[] => {
  if (name === undefined) return ROUND;
  const found = scenarioNamed(name);
  if (found) return [found];
  throw new UsageError(`there is no scenario '${name}'; there is ${SCENARIOS.map((each) => each.name).join(', ')}`);
};

const withoutOf = (text: string | undefined): string | undefined => {
  if (text === undefined || readWithout(text)) return text;
  throw new UsageError(`--without takes what a failure prints, such as order:1,fault:3-9,late, and not '${text}'`);
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seeds: { type: 'string' },
        from: { type: 'string' },
        seed: { type: 'string' },
        scenario: { type: 'string' },
        app: { type: 'string' },
        beside: { type: 'string' },
        against: { type: 'string' },
        resume: { type: 'string' },
        record: { type: 'boolean', default: false },
        without: { type: 'string' },
        jobs: { type: 'string' },
        notes: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

/** Undefined when help was asked for. Throws UsageError. */
export const readOptions = (args: readonly string[]): Options | undefined => {
  const given = parse(args);
  if (given.help) return undefined;
  if (given.beside !== undefined && given.against !== undefined)
    throw new UsageError('--beside and --against exclude each other');
  const seed = numberOf('seed', given.seed);
  return {
    from: seed ?? numberOf('from', given.from) ?? 1,
    seeds: seed === undefined ? (numberOf('seeds', given.seeds) ?? 20) : 1,
    scenarios: scenariosOf(given.scenario),
    app: given.app,
    beside: given.beside,
    against: given.against,
    resume: given.resume,
    record: given.record,
    without: withoutOf(given.without),
    jobs: numberOf('jobs', given.jobs),
    notes: given.notes,
  };
};
