import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readAssembly } from '../assembly/read-assembly.ts';
import { samEnvironment } from '../sam/sam-environment.ts';
import { ENDPOINT_PORT } from './options.ts';
import { parseOptions } from './parse-options.ts';
import { readProject } from './project.ts';
import { synthesize } from './synthesize.ts';
import type { Terminal } from './terminal.ts';

const ENV_HELP = `Writes events/env.json for \`sam local invoke --env-vars\`: every function's variables, and the way from SAM's
containers to the system that npm start runs.

  npm run env -- [--stage dev] [--app FOLDER] [--endpoint http://127.0.0.1:${ENDPOINT_PORT}]

  --stage NAME     which stage to synthesize (default dev)
  --app FOLDER     take the assembly in this folder instead
  --endpoint URL   where npm start answers AWS calls, when it is not the default port`;

const parse = (args: readonly string[]) =>
  parseOptions('env', {
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      stage: { type: 'string', default: 'dev' },
      app: { type: 'string' },
      endpoint: { type: 'string', default: `http://127.0.0.1:${ENDPOINT_PORT}` },
    },
  }).values;

/** Answers the exit code. */
export const runEnv = async (args: readonly string[], { folder, out }: Terminal): Promise<number> => {
  const { help, stage, app, endpoint } = parse(args);
  if (help) {
    out(ENV_HELP);
    return 0;
  }
  const assemblyFolder =
    app === undefined ? (await synthesize(readProject(folder), stage)).assemblyFolder : resolve(folder, app);
  const environment = samEnvironment(readAssembly(assemblyFolder), endpoint);
  writeFileSync(join(folder, 'events', 'env.json'), `${JSON.stringify(environment, null, 2)}\n`);
  out(`events/env.json: every function's variables; AWS calls go to ${endpoint}`);
  return 0;
};
