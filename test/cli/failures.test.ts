import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ServiceTree } from '../support/service-tree.ts';
import { lineOf, sourceOf } from './faulty-handlers.ts';
import { faultyProject } from './faulty-project.ts';
import { type Spawned, spawnCommand } from './spawned.ts';

let project: ServiceTree;
const spawned: Spawned[] = [];
let running: System | undefined;
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

const stopAll = async (): Promise<void> => {
  for (const { child, ended } of spawned.splice(0)) {
    child.kill('SIGINT');
    await ended;
  }
};

beforeAll(async () => {
  project = await faultyProject();
}, 60_000);

afterAll(async () => {
  await stopAll();
  await project[Symbol.asyncDispose]();
});

interface RuntimeState {
  readonly apiUrl: string;
  readonly endpointUrl: string;
  readonly controlUrl: string;
  readonly controlToken: string;
}

interface System extends Spawned {
  readonly state: RuntimeState;
}

/** The text of what the control API answers. */
const invokeIn = async (state: RuntimeState, name: string, event: object): Promise<string> => {
  const response = await fetch(`${state.controlUrl}/control/invoke`, {
    method: 'POST',
    headers: { authorization: `Bearer ${state.controlToken}` },
    body: JSON.stringify({ function: `test/${name}`, event }),
  });
  return await response.text();
};

/** The system that the tests before have started. */
const system = (): System => {
  if (running === undefined) throw new Error('no system runs');
  return running;
};

/** One system at a time runs in the project's folder. */
const start = async (...options: readonly string[]): Promise<System> => {
  await stopAll();
  const args = ['--port', '0', '--endpoint-port', '0', '--app', 'cdk.out', '--no-iam', ...options];
  const child = spawnCommand('local', project.root, args);
  spawned.push(child);
  await child.line((line) => line.includes('Control') || line.includes('"started"'));
  const state: RuntimeState = JSON.parse(readFileSync(join(project.root, '.local', 'runtime.json'), 'utf8'));
  running = { ...child, state };
  return running;
};

const sendCargo = async ({ endpointUrl }: RuntimeState): Promise<void> => {
  const metadata = { id: 'm-1', occurredAt: '2026-01-01T00:00:00.000Z', correlationId: 'from-a-queue' };
  const message = {
    type: 'LoadCargo.v1',
    data: { tons: 9 },
    metadata: { ...metadata, causationId: 'm-0', aggregate: 'ship/1', version: 1 },
  };
  const client = new SQSClient({ endpoint: endpointUrl, region: 'us-east-1', credentials });
  const QueueUrl = `${endpointUrl}/000000000000/ships-cargo`;
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
  client.destroy();
};

const storeEvent = async ({ endpointUrl }: RuntimeState): Promise<void> => {
  const client = new DynamoDBClient({ endpoint: endpointUrl, region: 'us-east-1', credentials });
  const cause = { M: { correlationId: { S: 'from-a-stream' }, causationId: { S: 'm-0' } } };
  const key = { pk: { S: 'STREAM#ship/1' }, kind: { S: 'event' }, streamId: { S: 'ship/1' }, version: { N: '1' } };
  const Item = { ...key, occurredAt: { S: '2026-01-01' }, cause, event: { M: { island: { S: 'Utopia' } } } };
  await client.send(new PutItemCommand({ TableName: 'ships-log', Item }));
  client.destroy();
};

/** `path:line:column` as it is printed for a line of a handler. */
const placeOf = (name: string, text: string): RegExp => new RegExp(`${sourceOf(name)}:${lineOf(name, text)}:\\d+`);

/** What was printed from a line on, until one that begins at the margin. */
const blockFrom = (printed: string, first: string): string => {
  const lines = printed.split('\n');
  const at = lines.findIndex((line) => line.startsWith(first));
  const end = lines.findIndex((line, index) => index > at && !line.startsWith('    '));
  return lines.slice(at, end === -1 ? undefined : end).join('\n');
};

describe('what fails while the system runs', () => {
  it('is printed with its TypeScript line, wherever it was thrown, and with the ids to follow it', async () => {
    const { state, line, printed } = await start();
    const { errorMessage, trace } = JSON.parse(JSON.parse(await invokeIn(state, 'weigh', { stuck: true })).payload);
    expect(errorMessage).toBe('the anchor is stuck');
    const [, file = '', at] = /\((.*):(\d+):\d+\)$/.exec(trace[1]) ?? [];
    expect([file, Number(at)]).toEqual([join(project.root, sourceOf('weigh')), lineOf('weigh', 'throw new')]);
    expect(existsSync(file)).toBe(true);
    await line((text) => text.endsWith('source operator'));
    expect(blockFrom(printed(), 'failed weigh: Error: the anchor is stuck')).toMatch(placeOf('weigh', 'throw new'));

    const response = await fetch(`${state.apiUrl}/ships?wind=none`, { headers: { 'x-correlation-id': 'from-http' } });
    expect(response.status).toBe(500);
    await line((text) => /^GET {4}\/ships\?wind=none +500 +\d+ ms {2}sail {2}from-http$/.test(text));
    await line((text) => text.startsWith('    correlation from-http'));
    const request = blockFrom(printed(), 'failed sail: Error: no wind at 0 knots');
    expect(request).toMatch(placeOf('sail', 'throw new'));
    expect(request).toMatch(/correlation from-http {2}request [0-9a-f-]{36}/);

    await sendCargo(state);
    await line((text) => text.startsWith('retry  queue ships-cargo'));
    await line((text) => /^ {4}correlation from-a-queue .* type LoadCargo\.v1/.test(text));
    const message = blockFrom(printed(), 'failed load: RangeError: 9 tons are too much');
    expect(message).toMatch(placeOf('load', 'throw new'));
    expect(message).toMatch(/correlation from-a-queue {2}request [0-9a-f-]{36}.* type LoadCargo\.v1/);

    await storeEvent(state);
    await line((text) => text.startsWith('lost   stream of ships-log'));
    await line((text) => text.startsWith('    correlation from-a-stream'));
    const record = blockFrom(printed(), 'failed chart: TypeError: Utopia is on no chart');
    expect(record).toMatch(placeOf('chart', 'throw new'));
    expect(record).toContain('correlation from-a-stream');
  }, 60_000);

  it('says which attempt failed, when the next one is, and where what is given up goes', () => {
    const lines = system().printed().split('\n');
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^retry {2}queue ships-cargo: 1 message failed in load, attempt 1 of 3; next in (1\.\d|2) s, then dead-letter queue ships-cargo-dead$/,
      ),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(/^retry {2}stream of ships-log: 1 record failed in chart, attempt 1 of 2; next in 0\.1 s$/),
    );
    expect(lines).toContainEqual(expect.stringMatching(/ships-log: 1 record given up after 2 attempts: lost/));
  });

  it('is printed too when a module throws while it is loaded, by a function that maps no stack itself', async () => {
    const { state, line, printed } = system();
    await invokeIn(state, 'moor', {});
    await line((text) => placeOf('moor', 'throw new').test(text));
    expect(blockFrom(printed(), 'failed moor: Error: home has no depth')).toMatch(placeOf('moor', 'throw new'));
  });

  it('shows what a handler prints, under the name of its function', () => {
    expect(system().printed()).toMatch(/^log {4}sail {2}hoisting the sails$/m);
  });

  it('cannot be forged by what a request or an error says, and has no escape codes in a pipe', async () => {
    const { state, line, printed } = system();
    await fetch(`${state.apiUrl}/%1b%5b31mred%0aFAKE%20LINE`);
    await line((text) => /^GET {4}\/%1b%5b31mred%0aFAKE%20LINE +404 /.test(text));
    expect(printed()).not.toMatch(/^FAKE/m);
    expect(printed()).toContain('no wind at 0 knots\\x1b[31m');
    expect(printed()).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it('names a failure that was asked for as one, without its stack', async () => {
    const { state, line, printed } = system();
    await fetch(`${state.apiUrl}/ships?drill`, { headers: { 'x-drill': 'yes' } });
    await line((text) => /^GET {4}\/ships\?drill +500 .* planned fault /.test(text));
    expect(printed()).not.toContain('only a drill');
  });

  it('counts the equal requests of a client that polls', async () => {
    const { state, line, printed } = system();
    for (let count = 0; count < 4; count++) await fetch(`${state.apiUrl}/polled?for=news`);
    await line((text) => /^GET {4}\/polled\?for=news +404 .*×3$/.test(text));
    const lines = printed()
      .split('\n')
      .filter((text) => text.includes('/polled'));
    expect(lines).toHaveLength(2);
  });

  it('ends with a line that says so', async () => {
    const { printed } = system();
    await stopAll();
    expect(printed().trimEnd().split('\n').at(-1)).toBe('Stopped.');
  });
});

describe('with --quiet', () => {
  it('failures are all that is printed', async () => {
    const { state, line, printed } = await start('--quiet');
    await fetch(`${state.apiUrl}/ships`);
    await line((text) => text.startsWith('    correlation'));
    expect(blockFrom(printed(), 'failed sail: Error: no wind')).toMatch(placeOf('sail', 'throw new'));
    await stopAll();
    expect(printed()).not.toMatch(/hoisting|^GET/m);
  }, 30_000);
});

describe('with --json', () => {
  it('logs and failures are objects too', async () => {
    const { state, line, printed } = await start('--json');
    await fetch(`${state.apiUrl}/ships`, { headers: { 'x-correlation-id': 'for-a-program' } });
    await line((text) => text.includes('"event":"request"'));
    const objects = printed()
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect(objects).toContainEqual(
      expect.objectContaining({ event: 'log', functionName: 'ships-test-sail', message: 'hoisting the sails' }),
    );
    const [frame] = objects.find(({ event }) => event === 'failure')?.frames ?? [];
    expect(frame).toMatchObject({ file: join(project.root, sourceOf('sail')), line: lineOf('sail', 'throw new') });
    expect(objects).toContainEqual(
      expect.objectContaining({
        event: 'failure',
        correlationId: 'for-a-program',
        error: expect.stringMatching(/wind/),
      }),
    );
  }, 30_000);
});
