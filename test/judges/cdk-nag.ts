import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import cdk from '../../cdk.json' with { type: 'json' };
import { bundleAll } from '../../lib/bundle/bundle-all.ts';
import { stageNamed, stageNames } from '../../lib/config/stages.ts';
import { buildArchipelago } from '../../lib/stacks/archipelago.ts';
import { acknowledgements } from './acknowledgements.ts';
import { nag } from './nag.ts';
import { type StageFindings, weigh } from './weigh.ts';

const root = join(import.meta.dirname, '../..');

const findingsIn = async (name: string, outdir: string): Promise<StageFindings> => {
  const stage = stageNamed(name);
  const app = new App({
    context: cdk.context,
    outdir,
    autoSynth: false,
    stackTraces: false,
    builtinCloudFormationValidation: false,
  });
  await buildArchipelago(app, { stage, root });
  return { stage: name, prefix: `${stage.prefix}-`, findings: nag(app) };
};

await bundleAll({ root });
const folder = await mkdtemp(join(tmpdir(), 'cdk-nag-'));
const stages: StageFindings[] = [];
for (const name of stageNames) stages.push(await findingsIn(name, join(folder, name)));
await rm(folder, { recursive: true });

const verdict = weigh(stages, acknowledgements);
for (const complaint of verdict.complaints) console.error(complaint);
console.log(
  `cdk-nag, AwsSolutions, stages ${stageNames.join(', ')}: ${verdict.complaints.length} open; ` +
    `${verdict.acknowledgements} acknowledgements with a reason cover ${verdict.acknowledged} findings`,
);
process.exitCode = verdict.complaints.length === 0 ? 0 : 1;
