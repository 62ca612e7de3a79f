import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import cdk from '../../cdk.json' with { type: 'json' };
import { bundleAll } from '../../lib/bundle/bundle-all.ts';
import { addToBundles } from '../../lib/bundle/write-when-changed.ts';
import { stageNamed, stageNames } from '../../lib/config/stages.ts';
import { gatewayFiles } from '../../lib/openapi/gateway-files.ts';
import { buildArchipelago } from '../../lib/stacks/archipelago.ts';
import { DeployerStack } from '../../lib/stacks/platform/deployer-stack.ts';
import { apisOf } from '../../lib/stacks/stage-services.ts';

const root = join(import.meta.dirname, '../..');

export interface JudgedApp {
  /** The stage, or `deployer`. */
  readonly name: string;
  /** What every stack's name starts with: `archipelago-dev-`. */
  readonly prefix: string;
  readonly app: App;
}

const createApp = (outdir: string): App =>
  new App({
    context: cdk.context,
    outdir,
    autoSynth: false,
    stackTraces: false,
    builtinCloudFormationValidation: false,
  });

/** Every app that this project deploys, not yet synthesized: the system in each stage, and what lets a workflow deploy it. */
const buildApps = async (folder: string): Promise<readonly JudgedApp[]> => {
  await bundleAll({ root });
  const apps: JudgedApp[] = [];
  for (const name of stageNames) {
    const stage = stageNamed(name);
    const app = createApp(join(folder, name));
    await addToBundles(root, gatewayFiles(apisOf(stage)));
    buildArchipelago(app, { stage, root });
    apps.push({ name, prefix: `${stage.prefix}-`, app });
  }
  const app = createApp(join(folder, 'deployer'));
  new DeployerStack(app, 'archipelago-deployer', { repository: 'acme/archipelago', environments: ['dev', 'prod'] });
  return [...apps, { name: 'deployer', prefix: 'archipelago-', app }];
};

/** Lets `judge` look at every app, and takes what they were synthesized to away again. */
export const withApps = async <T>(judge: (apps: readonly JudgedApp[]) => Promise<T> | T): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'judged-'));
  try {
    return await judge(await buildApps(folder));
  } finally {
    await rm(folder, { recursive: true });
  }
};
