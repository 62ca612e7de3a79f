import type { CdkCli } from '../cdk-cli.ts';
import { lastLines } from '../problem.ts';
import { remains } from '../remains.ts';

export interface Refusal {
  readonly name: string;
  /** What the message must say. */
  readonly says: RegExp;
  readonly run: (cdk: CdkCli, assembly: string) => ReturnType<CdkCli['run']>;
}

const deploy = (assembly: string) => ['deploy', '--all', '--app', assembly, '--require-approval', 'never'];

/** Held against an emulator that is not bootstrapped yet. */
export const refusals: readonly Refusal[] = [
  {
    name: 'an account and region that are not bootstrapped: run cdk bootstrap',
    says: /Please run 'cdk bootstrap'/,
    run: (cdk, assembly) => cdk.run(deploy(assembly)),
  },
  {
    name: 'a region that nobody bootstrapped: named, run cdk bootstrap',
    says: /aws:\/\/000000000000\/eu-west-1.*Please run 'cdk bootstrap'/,
    run: (cdk, assembly) => cdk.run(deploy(assembly), { env: { AWS_REGION: 'eu-west-1' } }),
  },
  {
    name: 'no credentials: configure an account',
    says: /Unable to resolve AWS account to use/,
    run: (cdk, assembly) =>
      cdk.run(deploy(assembly), { env: { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined } }),
  },
  {
    name: 'an unknown stage: one of those that there are',
    says: /there is no stage 'staging'; choose one of: dev, emulator, prod/,
    run: (cdk) => cdk.run(['deploy', '--all', '-c', 'stage=staging']),
  },
];

/** The CLI ends with an error that says what to do, and nothing has been deployed. */
export const isRefused = async ({ says, run }: Refusal, cdk: CdkCli, assembly: string, endpoint: string) => {
  const { code, output } = await run(cdk, assembly);
  if (code === 0) throw new Error('it was deployed');
  if (!says.test(output)) throw new Error(`the message does not say ${says}:\n${lastLines(output)}`);
  const left = await remains(endpoint);
  if (left.length > 0) throw new Error(`half deployed:\n${left.join('\n')}`);
};
