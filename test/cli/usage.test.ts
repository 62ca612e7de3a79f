import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { readEvidence } from '@archipelago/release-check';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const run = promisify(execFile);
const DAY_MS = 86_400_000;

/** What CloudWatch has of a metric, by the value of its dimension apiVersion: calls by days ago. */
type Calls = Readonly<Record<string, Readonly<Record<number, number>>>>;

interface Asked {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  readonly StartTime: number;
  readonly EndTime: number;
}

let server: Server;
let folder = '';
let asked: Asked[] = [];
let calls: Calls = {};

/** An endpoint that answers GetMetricStatistics in the protocol of CloudWatch (AWS JSON 1.0). */
const answer = (request: Asked) => {
  asked.push(request);
  const version = request.Dimensions.find(({ Name }) => Name === 'apiVersion')?.Value ?? '';
  const days = Object.entries(calls[version] ?? {}).map(([daysAgo, Sum]) => ({
    Timestamp: request.EndTime - Number(daysAgo) * (DAY_MS / 1_000),
    Sum,
    Unit: 'Count',
  }));
  return { Label: 'calls', Datapoints: days };
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usage-'));
  asked = [];
  server = createServer((request, response) => {
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    void text(request).then((body) => response.end(JSON.stringify(answer(JSON.parse(body)))));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const usage = async (...args: readonly string[]): Promise<string> => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'operator',
  };
  const { stdout } = await run(process.execPath, ['bin/run.js', 'usage', ...args], { env });
  return stdout;
};

const today = () => new Date().toISOString().slice(0, 10);

describe('npm run usage -- --stage prod', () => {
  it('adds up what CloudWatch counted, by version, and writes it as deploy:check reads it', async () => {
    calls = { 1: { 20: 5, 3: 7, 1: 0 }, 2: { 0: 400 } };
    const file = join(folder, 'usage.json');
    const said = await usage('--stage', 'prod', '--out', file);
    const last = new Date(Date.now() - 3 * DAY_MS).toISOString().slice(0, 10);
    expect(said.split('\n').slice(0, 2)).toEqual([
      `GET /orders     called 12 times, the last time on ${last}; it ends on 2027-07-01`,
      `GET /v2/orders  called 400 times, the last time on ${today()}`,
    ]);
    const { usage: read } = await readEvidence(folder, { usage: file, stage: 'prod' });
    expect(read).toEqual(JSON.parse(await readFile(file, 'utf8')));
    expect(read?.routes).toEqual([
      { key: 'GET /orders', calls: 12, lastCall: last },
      { key: 'GET /v2/orders', calls: 400, lastCall: today() },
    ]);
  });

  it('asks for what the functions of that stage record, of as many days as it is told', async () => {
    await usage('--stage', 'prod', '--days', '90');
    expect(asked.map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`)).toEqual([
      'Archipelago calls',
      'Archipelago calls',
    ]);
    expect(asked.map(({ Dimensions }) => Dimensions)).toContainEqual([
      { Name: 'service', Value: 'orders' },
      { Name: 'function', Value: 'archipelago-prod-orders-list-orders' },
      { Name: 'apiVersion', Value: '1' },
    ]);
    for (const { StartTime } of asked) expect(StartTime * 1_000).toBe(Date.parse(today()) - 90 * DAY_MS);
  });

  it('says when nothing at all was counted, which may be another account', async () => {
    calls = {};
    const said = await usage('--stage', 'prod');
    expect(said).toContain('GET /orders     not called; it ends on 2027-07-01');
    expect(said).toContain('nothing was counted in archipelago-prod on AWS at all');
  });

  it('refuses a time that is no number of days', async () => {
    await expect(usage('--stage', 'prod', '--days', '0')).rejects.toThrow('--days takes a number from 1 to 999');
  });
});
