import type { Client } from '../e2e/client.ts';
import type { System } from '../e2e/system.ts';
import type { CdkCli } from './cdk-cli.ts';
import { type Deployment, PREFIX } from './deployment.ts';

/** A deployment that cases change. */
export interface Site {
  readonly root: string;
  /** For what a case writes. */
  readonly folder: string;
  /** The assembly that the deployment was made from. */
  readonly assembly: string;
  readonly cdk: CdkCli;
  readonly deployment: Deployment;
  readonly system: System;
}

const stack = (name: string): string => `${PREFIX}-${name}`;

const WITHOUT_ASKING = ['--require-approval', 'never'];

/** Deploys stacks of the first assembly, and none that they depend on. */
export const deployOnly = async ({ cdk, assembly }: Site, ...names: readonly string[]): Promise<void> => {
  await cdk.succeed(['deploy', ...names.map(stack), '--exclusively', '--app', assembly, ...WITHOUT_ASKING]);
};

/** Destroys stacks of the first assembly, and none that depend on them. */
export const destroyOnly = async ({ cdk, assembly }: Site, ...names: readonly string[]): Promise<void> => {
  await cdk.succeed(['destroy', ...names.map(stack), '--exclusively', '--app', assembly, '--force']);
};

/** Deploys one stack of other sources, alone; answers as the CLI ended. */
export const deployFrom = ({ cdk }: Site, sources: string, name: string) =>
  cdk.run(['deploy', stack(name), '--exclusively', '-c', 'stage=emulator', ...WITHOUT_ASKING], { cwd: sources });

export const expectStatus = async (client: Client, path: string, status: number): Promise<void> => {
  const reply = await client('GET', path);
  if (reply.status !== status) throw new Error(`GET ${path} answers ${reply.status}, not ${status}: ${reply.text}`);
};
