import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from '@jest/globals';
import { spawnCommand } from '../../cli/spawned.ts';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../client.ts';
import { orderEnding, place, registered, stocked } from '../people.ts';
import type { RunningHere } from '../system.ts';

const PREFIX = 'archipelago-dev';
const FAR_AWAY = Date.parse('2100-01-01T00:00:00Z');
const ENOUGH_MS = 120_000;

const sdk = ({ endpointUrl: endpoint }: RunningHere) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

/** A message about the order that no consumer could handle, and one that a relay could not send. */
const leaveBehind = async (system: RunningHere, orderId: string): Promise<void> => {
  const queues = new SQSClient(sdk(system));
  const QueueUrl = `${system.endpointUrl}/000000000000/${PREFIX}-payments-capture-payment-dead-letters`;
  const MessageBody = JSON.stringify({ type: 'CapturePayment.v1', data: { orderId, paymentToken: 'tok_secret' } });
  await queues.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  queues.destroy();
  const tables = new DynamoDBClient(sdk(system));
  await tables.send(
    new PutItemCommand({
      TableName: `${PREFIX}-catalog`,
      Item: {
        pk: { S: 'PARKED' },
        sk: { S: `${FAR_AWAY}#${orderId}` },
        kind: { S: 'parked' },
        destination: { M: { kind: { S: 'bus' } } },
        message: {
          M: { type: { S: 'StockReserved.v1' }, data: { M: { orderId: { S: orderId } } }, metadata: { M: {} } },
        },
        parkedAtMs: { N: '0' },
        attempts: { N: '4' },
        nextAttemptAtMs: { N: String(FAR_AWAY) },
      },
    }),
  );
  tables.destroy();
};

export const operatorCases = (system: () => RunningHere): void => {
  const run = async (...args: readonly string[]): Promise<{ readonly code: number | null; readonly text: string }> => {
    const command = spawnCommand('orders', system().folder, args);
    return { code: await command.ended, text: command.printed() };
  };

  it(
    'finds an order that waits, sees what it waits for, asks again, and cancels it',
    async () => {
      const control = clientOf(system().controlUrl, system().controlToken);
      const rule = { function: `${PREFIX}-payments-capture-payment`, when: 'before', effect: 'kill' };
      await control('PUT', '/control/faults', { body: { seed: 1, rules: [rule] } });
      const sku = await stocked(system(), 1);
      const { client, sub } = await registered(system());
      const { body } = await place(client, sku);
      const id = String(body.id);
      const line = `${id}  PENDING`;
      await eventually('the order waits for its payment', async () => {
        const { text } = await run('open');
        return text.includes(line) && text.slice(text.indexOf(line)).includes('waits for payment');
      });
      await leaveBehind(system(), id);

      const shown = await run('show', id);
      expect(shown.text).toContain(`by ${sub}`);
      expect(shown.text).toMatch(/ 1 {2}\S+ {2}OrderPlaced\n/);
      expect(shown.text).toMatch(/CapturePayment\.v1 {2}to payments-capture-payment\n/);
      expect(shown.text).toMatch(/CheckDeadline\.v1 {2}to orders-check-deadline, due after 60 s\n/);
      expect(shown.text).toMatch(
        /parked:\n {2}StockReserved\.v1 {2}parked in archipelago-dev-catalog {2}tried 4 times/,
      );
      expect(shown.text).toMatch(/dead letters:\n {2}CapturePayment\.v1 {2}in archipelago-dev-payments-capture/);
      expect(shown.text).not.toContain('tok_');

      const resent = await run('resend', id, '--by', 'ada', '--why', 'the provider is back');
      expect(resent.text).toMatch(/StepAskedAgain {2}\(payment; by hand: ada, the provider is back\)\n/);
      expect(resent.text).toMatch(/asked 2 times, asks again at/);
      const cancelled = await run('cancel', id, '--by', 'ada', '--why', 'they called');
      expect(cancelled.text).toMatch(/CancellationStarted {2}\(by an operator; by hand: ada, they called\)\n/);

      await control('DELETE', '/control/faults');
      expect(await orderEnding(client, id)).toMatchObject({ status: 'CANCELLED', cancelledBy: 'operator' });
      expect((await client('GET', `/orders/${id}/events`)).text).not.toContain('they called');
      expect(await run('cancel', id, '--why', 'again')).toMatchObject({
        code: 1,
        text: expect.stringContaining('The order is cancelled and cannot be cancelled.'),
      });
      await eventually('the view of open orders leaves it out', async () => {
        const open = await run('open');
        return open.code === 0 && !open.text.includes(id);
      });
    },
    ENOUGH_MS,
  );

  const WRONG: readonly (readonly [readonly string[], string])[] = [
    [['show', '01KASE0000000000000000NONE'], 'there is no order 01KASE0000000000000000NONE'],
    [['show'], 'say which order'],
    [['show', 'no#id'], "'no#id' is no order's id"],
    [['cancel', 'x'], '--why is missing'],
    [['open', '--limit', '0'], "--limit takes a number from 1 to 1000, not '0'"],
    [['open', '--stage', 'none'], "there is no stage 'none'"],
  ];

  it(
    'says what is wrong with a command',
    async () => {
      const answers = await Promise.all(WRONG.map(([args]) => run(...args)));
      expect(answers).toEqual(WRONG.map(([, complaint]) => ({ code: 1, text: expect.stringContaining(complaint) })));
    },
    ENOUGH_MS,
  );

  it(
    'says that a command needs a system that runs',
    async () => {
      const command = spawnCommand('orders', '/', ['open']);
      expect([await command.ended, command.printed()]).toEqual([1, expect.stringContaining('nothing runs here')]);
    },
    ENOUGH_MS,
  );
};
