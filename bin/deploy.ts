import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';

const HELP = `npm run deploy -- [-c stage=NAME] [cdk deploy's own options and stack names]

Deploys every stack of a stage (default dev), or the stacks that are named:
  npm run deploy -- -c stage=prod
  npm run deploy -- -c stage=prod archipelago-prod-catalog --exclusively

It is \`cdk deploy\` with the pinned CLI, and a word on what to do when that fails.`;

/** What the CDK CLI says, and what to do about it. The first that fits is told. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /Unable to resolve AWS account|no credentials have been configured|ExpiredToken|InvalidClientTokenId/i,
    'AWS credentials are missing or have expired: set AWS_PROFILE or run `aws sso login`, then deploy again.',
  ],
  [
    /has not been bootstrapped|\/cdk-bootstrap\/|is not bootstrapped/i,
    'This account and region are not bootstrapped, or the region is not the one you meant (AWS_REGION): run `npx cdk bootstrap aws://ACCOUNT/REGION` once.',
  ],
  [
    /ROLLBACK|UPDATE_FAILED|CREATE_FAILED/,
    'CloudFormation has put the failed stack back by itself: its old version serves on, other stacks are as they were. The reason stands above; correct it and deploy that stack again by its name.',
  ],
];

const cdk = join(dirname(import.meta.dirname), 'node_modules', 'aws-cdk', 'bin', 'cdk');

const answers = (endpoint: URL): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(endpoint.port || 80), endpoint.hostname);
    const done = (isUp: boolean) => () => {
      socket.destroy();
      resolve(isUp);
    };
    socket.once('connect', done(true)).once('error', done(false));
  });

const run = (args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cdk, ...args], { stdio: ['inherit', 'pipe', 'pipe'] });
    let said = '';
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      from.on('data', (chunk: Buffer) => {
        to.write(chunk);
        said += chunk.toString();
      });
    }
    // Ctrl+C reaches the CLI too, which ends by itself; ours is to wait for it.
    process.on('SIGINT', () => {});
    child.once('error', reject).once('close', (code) => resolve({ code: code ?? 1, said }));
  });

/** Stack names, or patterns of them, start with what every stage's prefix starts with. */
const namesStacks = (args: readonly string[]): boolean => args.some((arg) => arg.startsWith('archipelago-'));

const deploy = async (args: readonly string[]): Promise<number> => {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(HELP);
    return 0;
  }
  const endpoint = process.env.AWS_ENDPOINT_URL;
  if (endpoint !== undefined && !(await answers(new URL(endpoint)))) {
    console.error(`deploy: nothing answers at AWS_ENDPOINT_URL=${endpoint}: start the emulator, or unset it for AWS.`);
    return 1;
  }
  const { code, said } = await run([
    'deploy',
    '--require-approval',
    'never',
    ...(namesStacks(args) ? [] : ['--all']),
    ...args,
  ]);
  const advice = code === 0 ? undefined : ADVICE.find(([pattern]) => pattern.test(said))?.[1];
  if (advice !== undefined) console.error(`\ndeploy: ${advice}`);
  return code;
};

process.exitCode = await deploy(process.argv.slice(2));
