import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { SourceMap } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as stay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleAll } from '../../lib/bundle/bundle-all.ts';
import { type ServiceTree, serviceTree } from '../support/service-tree.ts';
import { attachDebugger, type Debugger, type Stop } from './debugger.ts';
import { type Spawned, spawnCommand } from './spawned.ts';

/** All that is limited here is limited to a second. */
const LIMIT_MS = 1_000;
const LONGER_MS = 1_800;

const source = (name: string) => `functions/ships/handlers/${name}.handler.ts`;

const handlerOf = (answer: string) => `interface Answer {
  readonly text: string;
}

export const handler = async (): Promise<Answer> => {
  const answer: Answer = { text: '${answer}' };
  return answer;
};
`;

/** Of the statement that a breakpoint is set on, counted from 0. */
const LINE = handlerOf('')
  .split('\n')
  .findIndex((line) => line.includes('const answer'));

const shipFunction = (name: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: `ships-${name}`,
    Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Timeout: LIMIT_MS / 1000,
  },
});

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

const RESOURCES = {
  sail: shipFunction('sail'),
  load: shipFunction('load'),
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'ships', ProtocolType: 'HTTP' } },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: '$default' } },
  Sail: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: arnOf('sail'),
      PayloadFormatVersion: '2.0',
      TimeoutInMillis: LIMIT_MS,
    },
  },
  Route: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: 'Api' },
      RouteKey: 'GET /ships',
      Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Sail' }]] },
    },
  },
  Cargo: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'cargo', VisibilityTimeout: LIMIT_MS / 1000 } },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { EventSourceArn: arnOf('Cargo'), FunctionName: 'ships-load' },
  },
};

const asset = (name: string) => ({
  source: { path: `../build/ships.${name}`, packaging: 'zip' },
  destinations: { here: { bucketName: 'assets', objectKey: `${name}.zip` } },
});

const ARTIFACTS = {
  Ships: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Ships.template.json' } },
  'Ships.assets': { type: 'cdk:asset-manifest', properties: { file: 'Ships.assets.json' } },
};

let project: ServiceTree;
beforeAll(async () => {
  project = await serviceTree({
    'events/contracts/.keep': '',
    [source('sail')]: handlerOf('sailing'),
    [source('load')]: handlerOf('loaded'),
    'assembly/manifest.json': JSON.stringify({ version: '55.0.0', artifacts: ARTIFACTS }),
    'assembly/Ships.template.json': JSON.stringify({ Resources: RESOURCES }),
    'assembly/Ships.assets.json': JSON.stringify({
      version: '55.0.0',
      files: { sail: asset('sail'), load: asset('load') },
    }),
  });
  await bundleAll(project);
});
afterAll(async () => await project[Symbol.asyncDispose]());

let started: Spawned | undefined;
let attached: Debugger | undefined;
afterEach(async () => {
  attached?.close();
  started?.child.kill('SIGTERM');
  await started?.ended;
});

/** Starts the system; answers what it wrote about itself, and where a debugger attaches. */
const start = async (...options: readonly string[]) => {
  started = spawnCommand('local', project.root, [
    '--port=0',
    '--endpoint-port=0',
    '--app=assembly',
    '--no-iam',
    ...options,
  ]);
  const { line } = started;
  const [, host = ''] = /^Debugger (\S+)/.exec(await line((text) => text.startsWith('Debugger 127'))) ?? [];
  await line((text) => text.startsWith('Stop'));
  const state: Record<string, string> = JSON.parse(readFileSync(join(project.root, '.local/runtime.json'), 'utf8'));
  return { host, state };
};

const bundleOf = (name: string) => join(project.root, `build/ships.${name}/index.js`);

const mapOf = (name: string) => new SourceMap(JSON.parse(readFileSync(`${bundleOf(name)}.map`, 'utf8')));

/** Finds the line of the bundle that a line of a handler became, as an editor does. */
const breakpointIn = (name: string, line: number) => {
  const map = mapOf(name);
  const lines = readFileSync(bundleOf(name), 'utf8').split('\n');
  const found = lines.findIndex((text, index) => {
    const entry = map.findEntry(index, text.search(/\S/));
    return 'originalSource' in entry && entry.originalSource.endsWith(source(name)) && entry.originalLine === line;
  });
  return { script: `ships.${name}/index.js`, line: found };
};

/** The TypeScript that a thread stopped at: path and line. */
const placeOf = (name: string, { url, line, column }: Stop) => {
  const entry = mapOf(name).findEntry(line, column);
  if (!('originalSource' in entry)) throw new Error(`${url}:${line} is in no source`);
  return [fileURLToPath(new URL(entry.originalSource, url)), entry.originalLine];
};

const call = async (state: Record<string, string>, path: string, init: RequestInit = {}) =>
  (
    await fetch(`${state.controlUrl}/control/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${state.controlToken}` },
    })
  ).json();

const sendTo = (state: Record<string, string>, queue: string) =>
  fetch(String(state.endpointUrl), {
    method: 'POST',
    headers: {
      'x-amz-target': 'AmazonSQS.SendMessage',
      'content-type': 'application/x-amz-json-1.0',
      authorization:
        'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify({ QueueUrl: `${state.endpointUrl}/000000000000/${queue}`, MessageBody: 'tons' }),
  });

describe('npm start -- --inspect', () => {
  it('stops at a breakpoint in a handler for longer than its timeout, and answers then', async () => {
    const { host, state } = await start('--inspect=0');
    attached = await attachDebugger(host, [breakpointIn('sail', LINE)]);
    const answering = fetch(`${state.apiUrl}/ships`);
    const stop = await attached.stop();
    expect(stop.thread).toContain('ships-sail');
    expect(stop.url).toBe(pathToFileURL(bundleOf('sail')).href);
    expect(placeOf('sail', stop)).toEqual([join(project.root, source('sail')), LINE]);
    await stay(LONGER_MS);
    stop.resume();
    const answer = await answering;
    expect([answer.status, await answer.json()]).toEqual([200, { text: 'sailing' }]);
  });

  it('does not hand over a message again while its consumer stands at a breakpoint', async () => {
    const { host, state } = await start('--inspect=0');
    attached = await attachDebugger(host, [breakpointIn('load', LINE)]);
    await sendTo(state, 'cargo');
    const stop = await attached.stop();
    await stay(LONGER_MS);
    stop.resume();
    expect(await call(state, 'quiesce', { method: 'POST' })).toMatchObject({ quiet: true });
    expect(await call(state, 'invocations')).toMatchObject([{ functionName: 'ships-load', status: 'ok' }]);
  });

  it('ends while a handler stands at a breakpoint', async () => {
    const { host, state } = await start('--inspect=0');
    attached = await attachDebugger(host, [breakpointIn('sail', LINE)]);
    const answering = fetch(`${state.apiUrl}/ships`).catch(() => undefined);
    await attached.stop();
    started?.child.kill('SIGTERM');
    await started?.ended;
    await answering;
    expect(existsSync(join(project.root, '.local/runtime.json'))).toBe(false);
  });

  it('moves on from a port that is taken', async () => {
    const blocker = createServer();
    const port = await new Promise<number>((resolve) => {
      blocker.listen(0, '127.0.0.1', () => resolve((blocker.address() as AddressInfo).port));
    });
    const { host } = await start(`--inspect=${port}`);
    blocker.close();
    expect(Number(host.split(':')[1])).toBeGreaterThan(port);
  });
});
