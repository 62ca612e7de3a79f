import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bundleAll } from '../../lib/bundle/bundle-all.ts';
import { eventually } from '../support/eventually.ts';
import { type ServiceTree, serviceTree } from '../support/service-tree.ts';
import { type Spawned, spawnCommand } from './spawned.ts';

const MAIN = 'functions/ships/task/main.ts';

const serving = (word: string, load: string) => `${load}
createServer((_request, response) => response.end('${word}')).listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => process.exit(0));
`;
const source = (word: string) => serving(word, `import { createServer } from 'node:http';`);

const HEALTH = `fetch('http://127.0.0.1:' + process.env.PORT).then(() => process.exit(0), () => process.exit(1));\n`;
const DOCKERFILE = 'FROM node:24\nCOPY . .\nCMD ["node", "main.js"]\n';

const TAG = '97fe5823e065';

const RESOURCES = {
  Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'ships' } },
  Definition: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      Family: 'ships',
      TaskRoleArn: 'arn:aws:iam::000000000000:role/ships',
      ContainerDefinitions: [
        {
          Name: 'task',
          Image: { 'Fn::Sub': `\${AWS::AccountId}.dkr.ecr.\${AWS::Region}.\${AWS::URLSuffix}/assets:${TAG}` },
          HealthCheck: {
            Command: ['CMD', 'node', 'health.js'],
            Interval: 0.2,
            Timeout: 5,
            Retries: 3,
            StartPeriod: 60,
          },
          PortMappings: [{ ContainerPort: 8080 }],
        },
      ],
    },
    Metadata: { 'local:bundle': 'build/ships.task' },
  },
  Service: {
    Type: 'AWS::ECS::Service',
    Properties: { ServiceName: 'ships', Cluster: { Ref: 'Cluster' }, TaskDefinition: { Ref: 'Definition' } },
  },
};

const IMAGES = {
  [TAG]: {
    source: { directory: 'asset.ships' },
    destinations: { here: { repositoryName: 'assets', imageTag: TAG } },
  },
};

/** A project of one service in containers, whose assembly has another program than its sources. */
const PROJECT = {
  'cdk.json': JSON.stringify({ app: 'node app.mjs' }),
  'app.mjs': `import { cpSync } from 'node:fs';\ncpSync('assembly', process.env.CDK_OUTDIR, { recursive: true });\n`,
  'assembly/manifest.json': JSON.stringify({
    version: '55.0.0',
    artifacts: {
      Ships: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Ships.template.json' } },
      'Ships.assets': { type: 'cdk:asset-manifest', properties: { file: 'Ships.assets.json' } },
    },
  }),
  'assembly/Ships.template.json': JSON.stringify({ Resources: RESOURCES }),
  'assembly/Ships.assets.json': JSON.stringify({ version: '55.0.0', dockerImages: IMAGES }),
  'assembly/asset.ships/Dockerfile': DOCKERFILE,
  'assembly/asset.ships/package.json': '{ "type": "commonjs" }',
  'assembly/asset.ships/health.js': HEALTH,
  'assembly/asset.ships/main.js': serving('of the assembly', `const { createServer } = require('node:http');`),
  'functions/ships/task/Dockerfile': DOCKERFILE,
  'functions/ships/task/health.ts': HEALTH,
  [MAIN]: source('one'),
  'events/contracts/.keep': '',
};

let project: ServiceTree;
let started: Spawned;

beforeEach(async () => {
  project = await serviceTree(PROJECT);
  await bundleAll(project);
  started = spawnCommand('local', project.root, ['--port', '0', '--endpoint-port', '0', '--json']);
  await started.line((line) => line.includes('"watching"'));
});

afterEach(async () => {
  started.child.kill('SIGTERM');
  await started.ended;
  await project[Symbol.asyncDispose]();
});

interface Task {
  readonly id: string;
  readonly health: string;
  readonly address: string;
}

/** What the tasks of the only service answer, when each of them is healthy. */
const answers = async (): Promise<readonly string[]> => {
  const { controlUrl, controlToken }: Record<string, string> = JSON.parse(
    readFileSync(join(project.root, '.local/runtime.json'), 'utf8'),
  );
  const headers = { authorization: `Bearer ${controlToken}` };
  const shown = await fetch(`${controlUrl}/control/tasks`, { headers });
  const [service]: readonly { readonly tasks: readonly Task[] }[] = JSON.parse(await shown.text());
  const tasks = service?.tasks ?? [];
  if (!tasks.every(({ health }) => health === 'HEALTHY')) return [];
  return await Promise.all(tasks.map(async ({ address }) => (await fetch(`http://${address}`)).text()));
};

const answersOnly = (word: string) =>
  eventually(`the only task answers '${word}'`, async () => {
    const found = await answers().catch(() => []);
    return found.length === 1 && found[0] === word;
  });

describe('editing the program of a task while the system runs', () => {
  it('puts a task with the new program in the place of the one before', async () => {
    expect(await answersOnly('of the assembly')).toBe(true);
    await project.write(MAIN, source('two'));
    const line = await started.line((each) => each.includes('"reloaded"'));
    expect(JSON.parse(line)).toEqual({ event: 'reloaded', name: 'ships/task', durationMs: expect.any(Number) });
    expect(await answersOnly('two')).toBe(true);
  }, 60_000);

  it('lets the task before serve on while the program does not compile', async () => {
    await answersOnly('of the assembly');
    await project.write(MAIN, 'export const = 1;\n');
    const failed = await started.line((line) => line.includes('"buildFailed"'));
    expect(JSON.parse(failed).message).toContain(MAIN);
    expect(await answers()).toEqual(['of the assembly']);
  }, 60_000);
});
