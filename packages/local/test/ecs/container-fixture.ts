import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../../../test/support/eventually.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { Runtime } from '../../src/runtime/start-runtime.ts';
import { type WrittenStack, writeAssembly } from '../assembly/written-assembly.ts';

/** Answers its environment and its process id; ends itself, or becomes ill, when it is asked to. */
export const SERVER = `
const { createServer } = require('node:http');
let ill = process.env.ILL === 'yes';
const answers = {
  '/env': () => JSON.stringify(process.env),
  '/word': () => process.env.WORD ?? '',
  '/health': () => (ill ? undefined : 'well'),
  '/sicken': () => { ill = true; return 'ill'; },
  '/crash': () => process.exit(3),
  '/complain': () => {
    console.log('two lines\\nof one print');
    console.error(new TypeError('no index'));
    return 'said';
  },
};
createServer((request, response) => {
  const answer = answers[request.url]?.();
  response.writeHead(answer === undefined ? 500 : 200).end(answer);
}).listen(Number(process.env.PORT), process.env.HOST, () => console.log('listening'));
process.on('SIGTERM', () => {
  console.error('asked to end');
  if (process.env.STUBBORN !== 'yes') process.exit(0);
});
`;

const HEALTH = `
fetch('http://127.0.0.1:' + process.env.PORT + '/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1));
`;

export const resource = (type: string, properties: JsonObject): JsonObject => ({
  Type: `AWS::${type}`,
  Properties: properties,
});
export const ref = (name: string): JsonObject => ({ Ref: name });
export const attribute = (name: string, of: string): JsonObject => ({ 'Fn::GetAtt': [name, of] });

/** A folder that an image is built from. */
export const imageFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'image-'));
  writeFileSync(join(folder, 'Dockerfile'), 'FROM node:24\nCOPY . .\nENV FROM_IMAGE=yes\nCMD ["node", "server.js"]\n');
  // Whatever lies above the folder.
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
  writeFileSync(join(folder, 'server.js'), SERVER);
  writeFileSync(join(folder, 'health.js'), HEALTH);
  return folder;
};

const TAG = '97fe5823e065';
const IMAGE = { 'Fn::Sub': `\${AWS::AccountId}.dkr.ecr.\${AWS::Region}.\${AWS::URLSuffix}/assets:${TAG}` };

const HEALTH_CHECK = { Command: ['CMD', 'node', 'health.js'], Interval: 0.2, Timeout: 2, Retries: 2 };

export const taskDefinition = (container: JsonObject = {}, properties: JsonObject = {}): JsonObject =>
  resource('ECS::TaskDefinition', {
    Family: 'search',
    TaskRoleArn: 'arn:aws:iam::000000000000:role/search',
    ContainerDefinitions: [
      {
        Name: 'main',
        Image: IMAGE,
        Environment: [{ Name: 'WORD', Value: 'one' }],
        HealthCheck: HEALTH_CHECK,
        PortMappings: [{ ContainerPort: 8080 }],
        ...container,
      },
    ],
    ...properties,
  });

export const service = (properties: JsonObject = {}): JsonObject =>
  resource('ECS::Service', {
    ServiceName: 'search',
    Cluster: ref('Cluster'),
    TaskDefinition: ref('Definition'),
    ...properties,
  });

const BASE: JsonObject = {
  Cluster: resource('ECS::Cluster', { ClusterName: 'shop' }),
  Definition: taskDefinition(),
  Service: service(),
};

/** An assembly with one service, whose resources a test changes or takes out. */
export const containerAssembly = (changes: JsonObject = {}, without: readonly string[] = []): string => {
  const resources = Object.entries({ ...BASE, ...changes }).filter(([name]) => !without.includes(name));
  const stack: WrittenStack = {
    template: { Resources: Object.fromEntries(resources) },
    assets: {
      version: '55.0.0',
      dockerImages: {
        [TAG]: {
          source: { directory: imageFolder() },
          destinations: { here: { repositoryName: 'assets', imageTag: TAG } },
        },
      },
    },
  };
  return writeAssembly({ Shop: stack });
};

export interface ShownTask {
  readonly id: string;
  readonly version: string;
  readonly status: string;
  readonly health: string;
  readonly address: string;
  readonly pid: number;
}

interface ShownService {
  readonly service: string;
  readonly version: string;
  readonly deployment: string;
  readonly desired: number;
  readonly tasks: readonly ShownTask[];
}

export const control = async (
  { controlUrl, controlToken }: Runtime,
  method: string,
  path: string,
  body?: JsonObject,
) => {
  const response = await fetch(`${controlUrl}/control/${path}`, {
    method,
    headers: { authorization: `Bearer ${controlToken}` },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, answer: JSON.parse(await response.text()) };
};

/** What the control API shows of the only service. */
export const shown = async (runtime: Runtime): Promise<ShownService> => {
  const { answer } = await control(runtime, 'GET', 'tasks');
  return answer[0];
};

/** Waits for so many healthy tasks and no others; answers them. */
export const healthyTasks = (runtime: Runtime, count: number): Promise<readonly ShownTask[]> =>
  eventually(`${count} healthy tasks`, async () => {
    const { tasks } = await shown(runtime);
    return tasks.length === count && tasks.every(({ health }) => health === 'HEALTHY') && tasks;
  });

export const ask = async ({ address }: ShownTask, path: string): Promise<string> =>
  (await fetch(`http://${address}${path}`)).text();

/** What the journal holds of the service's tasks, oldest first. */
export const logged = ({ world }: Runtime): readonly string[] =>
  world.journal
    .read('logs')
    .filter(({ serviceName }) => serviceName === 'search')
    .map(({ level, message }) => `${level} ${message}`)
    .toReversed();
