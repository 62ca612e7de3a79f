import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bundleAll } from '../../lib/bundle/bundle-all.ts';
import { type ServiceTree, serviceTree } from '../support/service-tree.ts';
import { type Spawned, spawnCommand } from './spawned.ts';

const handlerOf = (name: string, answer: string) =>
  `import { polite } from '../../kernel/polite.ts';\nexport const handler = async () => polite('${name} ${answer}');\n`;

const politely = (word: string) => `export const polite = (text: string) => text + ', ${word}';\n`;

const source = (name: string) => `functions/ships/handlers/${name}.handler.ts`;

const shipFunction = (name: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: `ships-${name}`,
    Code: { ZipFile: `exports.handler = async () => '${name} of the assembly'` },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
  },
  Metadata: { 'local:bundle': `build/ships.${name}` },
});

const ARTIFACTS = {
  Ships: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Ships.template.json' } },
};

/** A project of two functions that share a source. */
const PROJECT = {
  'cdk.json': JSON.stringify({ app: 'node app.mjs' }),
  'app.mjs': `import { cpSync } from 'node:fs';\ncpSync('assembly', process.env.CDK_OUTDIR, { recursive: true });\n`,
  'assembly/manifest.json': JSON.stringify({ version: '55.0.0', artifacts: ARTIFACTS }),
  'assembly/Ships.template.json': JSON.stringify({
    Resources: { Greet: shipFunction('greet'), Sail: shipFunction('sail') },
  }),
  'functions/kernel/polite.ts': politely('please'),
  'events/contracts/.keep': '',
  [source('greet')]: handlerOf('greet', 'one'),
  [source('sail')]: handlerOf('sail', 'one'),
};

let project: ServiceTree;
let started: Spawned;
let state: Record<string, string>;

beforeEach(async () => {
  project = await serviceTree(PROJECT);
  await bundleAll(project);
  started = spawnCommand('local', project.root, ['--port', '0', '--endpoint-port', '0', '--json']);
  await started.line((line) => line.includes('"watching"'));
  state = JSON.parse(readFileSync(join(project.root, '.local', 'runtime.json'), 'utf8'));
});

afterEach(async () => {
  started.child.kill('SIGTERM');
  await started.ended;
  await project[Symbol.asyncDispose]();
});

const invoke = async (name: string): Promise<unknown> => {
  const response = await fetch(`${state.controlUrl}/control/invoke`, {
    method: 'POST',
    headers: { authorization: `Bearer ${state.controlToken}` },
    body: JSON.stringify({ function: `ships/${name}` }),
  });
  const { payload }: { payload: string } = JSON.parse(await response.text());
  return JSON.parse(payload);
};

const eventsOf = (kind: string): readonly Record<string, unknown>[] =>
  started
    .printed()
    .split('\n')
    .filter((line) => line.includes(`"event":"${kind}"`))
    .map((line) => JSON.parse(line));

describe('editing a handler while the system runs', () => {
  it('runs the new code from the next invocation on, and reloads no other function', async () => {
    expect([await invoke('greet'), await invoke('sail')]).toEqual(['greet of the assembly', 'sail of the assembly']);
    await project.write(source('greet'), handlerOf('greet', 'two'));
    await started.line((line) => line.includes('"reloaded"'));
    expect([await invoke('greet'), await invoke('sail')]).toEqual(['greet two, please', 'sail of the assembly']);
    expect(eventsOf('reloaded')).toEqual([{ event: 'reloaded', name: 'ships/greet', durationMs: expect.any(Number) }]);
  });

  it('reloads every function that an edited source is part of', async () => {
    await project.write('functions/kernel/polite.ts', politely('now'));
    await started.line((line) => line.includes('ships/sail'));
    expect([await invoke('greet'), await invoke('sail')]).toEqual(['greet one, now', 'sail one, now']);
  });

  it('reports an error in the source and lets the code before serve on, until the error is mended', async () => {
    await project.write(source('sail'), 'export const handler = async () => {;\n');
    const failed = await started.line((line) => line.includes('"buildFailed"'));
    expect(JSON.parse(failed).message).toContain(source('sail'));
    expect(await invoke('sail')).toBe('sail of the assembly');
    await project.write(source('sail'), handlerOf('sail', 'two'));
    await started.line((line) => line.includes('"reloaded"'));
    expect(await invoke('sail')).toBe('sail two, please');
  });
});
