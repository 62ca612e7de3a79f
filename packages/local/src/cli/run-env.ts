import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readAssembly } from '../assembly/read-assembly.ts';
import { readRunning, stateFileIn } from '../runtime/state-file.ts';
import { samEnvironment } from '../sam/sam-environment.ts';
import { ENDPOINT_PORT } from './options.ts';
import { parseOptions } from './parse-options.ts';
import { readProject } from './project.ts';
import { synthesize } from './synthesize.ts';
import type { CommandLine, Terminal } from './terminal.ts';

const helpOf = (
  commandLine: CommandLine,
): string => `Writes events/env.json for \`sam local invoke --env-vars\`: every function's variables, and the way from SAM's
containers to the system that runs here.

  ${commandLine('env', `[--stage dev] [--app FOLDER] [--endpoint http://127.0.0.1:${ENDPOINT_PORT}]`)}

  --stage NAME     which stage to synthesize (default dev)
  --app FOLDER     take the assembly in this folder instead
  --endpoint URL   where AWS calls are answered (default: where the running system answers them, else port ${ENDPOINT_PORT})`;

const parse = (args: readonly string[], commandLine: CommandLine) =>
  parseOptions(commandLine('env', '--help'), {
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      stage: { type: 'string', default: 'dev' },
      app: { type: 'string' },
      endpoint: { type: 'string' },
    },
  }).values;

/** Answers the exit code. */
export const runEnv = async (args: readonly string[], { folder, out, commandLine }: Terminal): Promise<number> => {
  const { help, stage, app, ...asked } = parse(args, commandLine);
  if (help) {
    out(helpOf(commandLine));
    return 0;
  }
  const assemblyFolder =
    app === undefined ? (await synthesize(readProject(folder), stage)).assemblyFolder : resolve(folder, app);
  const running = readRunning(stateFileIn(folder));
  const endpoint = asked.endpoint ?? running?.endpointUrl ?? `http://127.0.0.1:${ENDPOINT_PORT}`;
  const environment = samEnvironment(readAssembly(assemblyFolder), endpoint);
  mkdirSync(join(folder, 'events'), { recursive: true });
  writeFileSync(join(folder, 'events', 'env.json'), `${JSON.stringify(environment, null, 2)}\n`);
  out(`events/env.json: every function's variables; AWS calls go to ${endpoint}`);
  return 0;
};
