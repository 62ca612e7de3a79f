import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { DeleteItemCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { JsonObject } from '../../functions/kernel/values/json.ts';
import { type Client, clientOf } from '../e2e/client.ts';
import { admin, registered, unique } from '../e2e/people.ts';
import { type RunningHere, startSystem } from '../e2e/system.ts';
import { eventually } from '../support/eventually.ts';

const run = promisify(execFile);
const KEYS = { accessKeyId: 'operator', secretAccessKey: 'operator' };

jest.setTimeout(120_000);

let system: RunningHere;
let control: Client;
beforeAll(async () => {
  system = await startSystem();
  control = clientOf(system.controlUrl, system.controlToken);
}, 240_000);
afterAll(() => system.stop(), 60_000);

/** As `npm run <name>` does, in the folder of the running system; with `--stage` only the environment says where. */
const npmRun = async (name: string, ...args: readonly string[]): Promise<string> => {
  const aws = {
    AWS_ENDPOINT_URL: system.endpointUrl,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
  };
  const program = [resolve('bin/run.js'), name, ...args];
  const env = { ...process.env, ...(args.includes('--stage') && aws) };
  const { stdout } = await run(process.execPath, program, { cwd: system.folder, env });
  return stdout;
};

const queueName = (name: string) => `archipelago-dev-${name}`;
const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${queueName(name)}`;

const listed = async (kind: string): Promise<readonly JsonObject[]> =>
  JSON.parse((await control('GET', `/control/${kind}`)).text);

const deadLetter = async (queue: string, body: string, attributes: Readonly<Record<string, string>> = {}) => {
  const client = new SQSClient({ endpoint: system.endpointUrl, region: 'us-east-1', credentials: KEYS });
  await client.send(
    new SendMessageCommand({
      QueueUrl: `${system.endpointUrl}/000000000000/${queueName(queue)}`,
      MessageBody: body,
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
      ),
    }),
  );
  client.destroy();
};

const peek = (queue: string) => npmRun('redrive', queueName(queue), '--stage', 'dev', '--peek');

describe('npm run redrive -- --stage dev', () => {
  it('shows dead letters and where they would go, and leaves them', async () => {
    await deadLetter('catalog-reserve-stock-dead-letters', 'unreadable', { reason: 'malformed', error: 'a test' });
    for (let look = 0; look < 2; look += 1) {
      const shown = await peek('catalog-reserve-stock-dead-letters');
      expect(shown).toContain(`queue ${arnOf('catalog-reserve-stock')}`);
      expect(shown).toContain('error: a test');
      expect(shown).toContain('unreadable');
      expect(shown).toContain('1 messages in');
    }
  });

  it('sends what a consumer gave up to its queue', async () => {
    const said = await npmRun('redrive', queueName('catalog-reserve-stock-dead-letters'), '--stage', 'dev');
    expect(said).toContain('1 sent back, 0 left');
    // The consumer was given it, and gave it up as it does every time.
    await eventually('it is a dead letter again', async () =>
      (await peek('catalog-reserve-stock-dead-letters')).includes('error: the body is not JSON'),
    );
  });

  it('sends what a bus could not deliver to its target', async () => {
    const target = { TARGET_ARN: arnOf('orders-fulfil-events'), ERROR_CODE: 'NO_PERMISSIONS' };
    await deadLetter('orders-fulfil-events-undelivered', 'undelivered', target);
    const said = await npmRun('redrive', queueName('orders-fulfil-events-undelivered'), '--stage', 'dev');
    expect(said).toContain('1 sent back, 0 left');
    await eventually('the consumer was given it', async () =>
      (await peek('orders-fulfil-events-dead-letters')).includes('undelivered'),
    );
  });

  it('runs a function again whose scheduled run was missed', async () => {
    const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:archipelago-dev-orders-resend:live';
    const context = { functionArn, condition: 'RetriesExhausted' };
    const record = { version: '1.0', requestContext: context, requestPayload: { id: 'missed', source: 'aws.events' } };
    await deadLetter('orders-resend-missed-runs', JSON.stringify(record));
    expect(await npmRun('redrive', queueName('orders-resend-missed-runs'), '--stage', 'dev')).toContain(
      '1 sent back, 0 left',
    );
    await eventually('the function ran', async () =>
      (await listed('invocations')).some(
        ({ functionName, source }) =>
          functionName === 'archipelago-dev-orders-resend' && !String(source).startsWith('events'),
      ),
    );
  });

  it('leaves what names no destination, and sends no more than it was asked to', async () => {
    const position = JSON.stringify({ DDBStreamBatchInfo: { shardId: 's', startSequenceNumber: '1' } });
    await deadLetter('orders-relay-lost-records', position);
    const said = await npmRun('redrive', queueName('orders-relay-lost-records'), '--stage', 'dev');
    expect(said).toContain('names records of a stream');
    expect(said).toContain('0 sent back, 1 left');
    const target = { TARGET_ARN: arnOf('orders-fulfil-events') };
    for (const body of ['first', 'second']) await deadLetter('notifications-notify-events-undelivered', body, target);
    const one = await npmRun(
      'redrive',
      queueName('notifications-notify-events-undelivered'),
      '--stage',
      'dev',
      '--limit',
      '1',
    );
    expect(one).toContain('1 sent back, 1 left');
  });
});

describe('npm run replay', () => {
  it.each([[[]], [['--stage', 'dev']]])(
    'sends archived events again, to one rule where it is named (%j)',
    async (where) => {
      const from = new Date(Date.now() - 3_600_000).toISOString();
      await registered(system);
      await eventually('an event is archived', async () =>
        (await listed('events')).some(({ detailType }) => detailType === 'UserRegistered.v1'),
      );
      const rule = 'archipelago-dev-orders-fulfil';
      expect(await npmRun('replay', '--from', from, '--rule', rule, ...where)).toContain('COMPLETED');
      const again = (await listed('events')).filter(({ envelope }) => Object(envelope)['replay-name'] !== undefined);
      expect(again.length).toBeGreaterThan(0);
    },
  );
});

describe('npm run catch-up', () => {
  it.each([[[]], [['--stage', 'dev']]])(
    'sends what the table says, with the same ids as before (%j)',
    async (where) => {
      const since = new Date(Date.now() - 3_600_000).toISOString();
      const { sub } = await registered(system);
      const ids = async () =>
        (await listed('events'))
          .filter(({ detailType, envelope }) => {
            const { metadata } = Object(Object(envelope).detail);
            return detailType === 'UserRegistered.v1' && Object(metadata).aggregate === `user/${sub}`;
          })
          .map(({ envelope }) => String(Object(Object(Object(envelope).detail).metadata).id));
      await eventually('the relay sent it', async () => (await ids()).length === 1);
      expect(await npmRun('operate/catch-up', 'users', '--since', since, ...where)).toMatch(
        /\d+ rows of users read, [1-9]\d* messages sent of what was committed since 2/,
      );
      const [first, again] = await eventually('it is there again', async () => {
        const sent = await ids();
        return sent.length === 2 && sent;
      });
      expect(again).toBe(first);
    },
  );

  it('says what to do when the service has no relay', async () => {
    await expect(npmRun('operate/catch-up', 'moon', '--since', '2026-11-26T03:00:00Z')).rejects.toThrow(
      'no function is named moon/resend',
    );
    const onAws = npmRun('operate/catch-up', 'moon', '--since', '2026-11-26T03:00:00Z', '--stage', 'dev');
    await expect(onAws).rejects.toThrow('name a service that publishes, such as orders');
  });
});

describe('npm run search:backfill', () => {
  it.each([[[]], [['--stage', 'dev']]])('writes what the search has missed, and that once (%j)', async (where) => {
    const sku = unique('missed');
    const boss = await admin(system);
    await boss('PUT', `/products/${sku}`, { body: { name: 'Lamp', price: { amount: 100, currency: 'EUR' } } });
    const table = new DynamoDBClient({ endpoint: system.endpointUrl, region: 'us-east-1', credentials: KEYS });
    const row = { TableName: 'archipelago-dev-search', Key: { pk: { S: `PRODUCT#${sku}` }, sk: { S: 'PRODUCT' } } };
    const read = async () => (await table.send(new GetItemCommand({ ...row, ConsistentRead: true }))).Item;
    await eventually('the search knows it', read);
    await table.send(new DeleteItemCommand(row));
    const args = where.length === 0 ? [] : [...where, '--api', system.apiUrl];
    expect(await npmRun('backfill', ...args)).toMatch(/^[1-9]\d* products, of which 1 had something new$/m);
    expect((await read())?.product).toMatchObject({ M: { name: { S: 'Lamp' } } });
    expect(await npmRun('backfill', ...args)).toMatch(/^[1-9]\d* products, of which 0 had something new$/m);
    table.destroy();
  });

  it('asks which API to read the products from', async () => {
    await expect(npmRun('backfill', '--stage', 'dev')).rejects.toThrow(/say --api URL/);
  });
});

describe('npm run usage', () => {
  it('counts the calls of each version, and says which of them ends', async () => {
    const { client } = await registered(system);
    for (const path of ['/orders', '/v1/orders', '/v2/orders', '/v2/orders?limit=0'])
      expect((await client('GET', path)).status).toBe(path.includes('limit') ? 400 : 200);
    const today = new Date().toISOString().slice(0, 10);
    const [old, newest] = await eventually('all are counted', async () => {
      const lines = (await npmRun('usage')).trim().split('\n');
      return lines.some((line) => /^GET \/orders .*2 times/.test(line)) && lines;
    });
    expect(old).toBe(`GET /orders     called 2 times, the last time on ${today}; it ends on 2027-07-01`);
    expect(newest).toBe(`GET /v2/orders  called once, the last time on ${today}`);
  });
});

describe('which system a command works on', () => {
  const TIME = '2026-11-26T03:00:00Z';

  it.each([
    ['redrive', [queueName('orders-resend-missed-runs'), '--aws']],
    ['replay', ['--from', TIME, '--aws']],
  ])('is said with --stage: %s names it when it is given --aws', async (name, args) => {
    await expect(npmRun(name, ...args)).rejects.toThrow(
      `--aws is now --stage NAME: --stage prod\n  where: the command line\n  what to do: see npm run ${name} -- --help`,
    );
  });

  it.each([
    ['redrive', ['archipelago-dev-orders-resend-missed-runs', '--stage', 'moon']],
    ['replay', ['--from', TIME, '--stage', 'moon']],
    ['rebuild', ['orders', 'orders', '--stage', 'moon']],
    ['operate/catch-up', ['users', '--since', TIME, '--stage', 'moon']],
    ['orders', ['open', '--stage', 'moon']],
    ['usage', ['--stage', 'moon']],
    ['backfill', ['--stage', 'moon', '--api', 'http://127.0.0.1:9']],
  ])('is one that there is: %s', async (name, args) => {
    await expect(npmRun(name, ...args)).rejects.toThrow("there is no stage 'moon'; choose one of: dev, emulator, prod");
  });

  it('has the queue', async () => {
    const queue = 'archipelago-prod-orders-resend-missed-runs';
    await expect(npmRun('redrive', queue, '--stage', 'dev', '--peek')).rejects.toThrow(
      `${queue} is no queue of archipelago-dev on AWS`,
    );
  });
});
