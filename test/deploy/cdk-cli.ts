import { join } from 'node:path';
import { type Ended, runCommand } from './command.ts';
import { lastLines, Problem } from './problem.ts';

export interface CdkCli {
  /** Runs the pinned CLI to its end, in the folder of the sources that it shall synthesize. */
  run(args: readonly string[], changed?: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv }): Promise<Ended>;
  /** As `run`; throws a Problem with what the CLI said when it fails. */
  succeed(args: readonly string[], changed?: { readonly cwd?: string }): Promise<string>;
}

export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

/** Credentials that the emulator takes: whatever they are, an account of its own. */
const awsEnvironment = (endpoint: string): Readonly<Record<string, string>> => ({
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: REGION,
  AWS_ENDPOINT_URL: endpoint,
  AWS_ENDPOINT_URL_S3: endpoint,
  AWS_EC2_METADATA_DISABLED: 'true',
});

/** `home` is where the CLI may keep what it caches; nothing of whoever runs this, their credentials least of all, is read. */
export const cdkCli = (root: string, home: string, endpoint: string): CdkCli => {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('AWS_') && !name.startsWith('CDK_'),
  );
  const base: NodeJS.ProcessEnv = {
    ...Object.fromEntries(inherited),
    ...awsEnvironment(endpoint),
    PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(':'),
    HOME: home,
    CDK_HOME: home,
    CDK_DISABLE_VERSION_CHECK: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
  const run: CdkCli['run'] = (args, { cwd = root, env = {} } = {}) =>
    runCommand(join(root, 'node_modules/.bin/cdk'), ['--no-notices', '--no-color', ...args], {
      cwd,
      env: { ...base, ...env },
    });
  return {
    run,
    succeed: async (args, changed) => {
      const { code, output } = await run(args, changed);
      if (code !== 0) throw new Problem(`cdk ${args.join(' ')} failed:\n${lastLines(output)}`);
      return output;
    },
  };
};
