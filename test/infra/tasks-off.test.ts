import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import cdk from '../../cdk.json' with { type: 'json' };
import { stageNamed, withTasks } from '../../lib/config/stages.ts';
import { gatewayFiles } from '../../lib/openapi/gateway-files.ts';
import { buildArchipelago } from '../../lib/stacks/archipelago.ts';
import { apisOf, containerServices } from '../../lib/stacks/stage-services.ts';
import { synthesize } from '../support/synthesized.ts';

const root = join(import.meta.dirname, '../..');
const dev = stageNamed('dev');

/** As `npm run synth -- -c search=…` does, up to where it reads that. */
const synthWith = (search: string, folder: string) => {
  const env = { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ search }), CDK_OUTDIR: folder };
  return spawnSync(process.execPath, ['bin/app.ts'], { cwd: root, env, encoding: 'utf8' });
};

describe('a service in containers that is off', () => {
  const off = containerServices.reduce((stage, service) => withTasks(stage, service, 'off'), dev);
  let folder: string;
  beforeAll(async () => {
    // It bundles what the stacks take their code from.
    await synthesize('dev');
    folder = await mkdtemp(join(tmpdir(), 'tasks-off-'));
    const app = new App({
      context: cdk.context,
      outdir: folder,
      autoSynth: false,
      builtinCloudFormationValidation: false,
    });
    buildArchipelago(app, { stage: off, root });
    app.synth();
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  it('has no stack, and leaves no network when no other has tasks', async () => {
    const templates = (await readdir(folder)).filter((name) => name.endsWith('.template.json'));
    const named = [...containerServices, 'network'].map((name) => `archipelago-dev-${name}.template.json`);
    expect(templates).toContain('archipelago-dev-catalog.template.json');
    expect(named.filter((name) => templates.includes(name))).toEqual([]);
    const texts = await Promise.all(templates.map((name) => readFile(join(folder, name), 'utf8')));
    expect(texts.filter((text) => text.includes('AWS::ECS::') || text.includes('GET /search'))).toEqual([]);
  });

  it('has no route in the document of the API', () => {
    const documentOf = (stage: typeof dev) => JSON.stringify(gatewayFiles(apisOf(stage)));
    expect(documentOf(dev)).toContain('/search');
    expect(documentOf(off)).not.toContain('/search');
  });

  it('is off in this synthesis alone when the others stay as they are', () => {
    const stage = withTasks(dev, 'search', 'off');
    expect(stage).toEqual({ ...dev, tasks: { ...dev.tasks, of: { search: 'off' } } });
    expect(withTasks(dev, 'search', undefined)).toBe(dev);
  });

  it('is never on by mistake: whatever else is said ends the synthesis', () => {
    expect(synthWith('on', join(folder, 'none'))).toMatchObject({
      status: 1,
      stderr: "search is as the stage says, or off; 'on' is neither\n",
    });
  });
});
