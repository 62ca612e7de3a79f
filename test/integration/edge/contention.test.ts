import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineCommand } from '../../../events/contracts/define.ts';
import { httpHandler } from '../../../functions/edge/http/handler.ts';
import { queueHandler } from '../../../functions/edge/messages/queue.ts';
import { defineApi } from '../../../functions/kernel/messages/contract.ts';
import { handleCommand } from '../../../functions/kernel/stores/command-handler.ts';
import { stateOf } from '../../../functions/kernel/stores/state-store.ts';
import type { Table } from '../../../functions/kernel/stores/table.ts';
import { counter } from '../../support/counter.ts';
import { httpEvent } from '../../support/http-event.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { messageOf } from '../../support/messages.ts';
import { overtaken } from '../../support/overtaken.ts';
import { createRecordingQueue } from '../../support/recording-queue.ts';
import { createRecordingRuntime, type RecordingRuntime } from '../../support/recording-runtime.ts';
import { sqsEvent } from '../../support/sqs-event.ts';
import { type TableProvider, tableProviders } from '../../support/tables.ts';
import { answered } from './shelf.ts';

const api = defineApi('counter', {
  count: { method: 'POST', path: '/count', summary: 'Count', access: 'public', answers: { 200: { description: '' } } },
});
const count = defineCommand('counter', 'Count.v1', z.object({}));

describe.each(tableProviders)('what others keep changing %s', (_name, start) => {
  let provider: TableProvider;
  let table: Table;
  let runtime: RecordingRuntime;
  beforeAll(async () => {
    provider = await start();
  });
  beforeEach(async () => {
    table = await provider.open();
    runtime = createRecordingRuntime();
  });
  afterAll(() => provider.close());

  const add = (amount: number, used: Table) =>
    handleCommand({ aggregate: stateOf(used, counter, 'c'), command: () => ({ amount }) });
  /** A rival that wins eight times, which is as often as a command is tried. */
  const contested = () => overtaken(table, 8, async () => void (await add(10, table)));
  const read = () => stateOf(table, counter, 'c').load();

  it('is answered to a client with 409 and Retry-After, and can be done after that', async () => {
    const used = contested();
    const handler = httpHandler(
      api,
      'count',
      async () => ({ status: 200, body: { version: (await add(1, used)).version } }),
      runtime,
    );
    const post = async () => answered(await handler(httpEvent({ method: 'POST', path: '/count' }), lambdaContext()));
    const refused = await post();
    expect(refused).toMatchObject({ status: 409, headers: { 'retry-after': '1' } });
    expect(refused.headers['content-type']).toBe('application/problem+json');
    expect(refused.body).toMatchObject({
      type: expect.stringMatching(/\/contended$/),
      title: 'Contended',
      status: 409,
      detail: 'Others are changing this at the same time; try again.',
    });
    expect(await read()).toEqual({ state: { count: 80 }, version: 8 });
    expect(await post()).toMatchObject({ status: 200, body: { version: 9 } });
  });

  it('sends the message of a consumer back to its queue, whose next delivery takes effect once', async () => {
    const used = contested();
    const handler = queueHandler(
      [count],
      async (message) => {
        const done = { pk: `DONE#${message.metadata.id}`, sk: 'MESSAGE' };
        await handleCommand({
          aggregate: stateOf(used, counter, 'c'),
          command: async () => ({ amount: (await used.get(done, { consistent: true })) ? 0 : 1 }),
          also: ({ events }) => events.map(() => ({ write: { kind: 'insert', item: done }, whenRefused: 'retry' })),
        });
      },
      runtime,
      createRecordingQueue(),
    );
    const deliver = () => handler(sqsEvent(JSON.stringify(messageOf('Count.v1', 'c', 1))), lambdaContext());
    const { batchItemFailures } = await deliver();
    expect(batchItemFailures).toHaveLength(1);
    expect(await read()).toEqual({ state: { count: 80 }, version: 8 });
    expect(await deliver()).toEqual({ batchItemFailures: [] });
    expect(await deliver()).toEqual({ batchItemFailures: [] });
    expect(await read()).toEqual({ state: { count: 81 }, version: 9 });
  });
});
