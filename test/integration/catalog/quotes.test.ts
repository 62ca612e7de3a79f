import { expect, it } from '@jest/globals';
import { quoteItemsV1 } from '../../../events/contracts/catalog/quote-items.v1.ts';
import { createServiceClient } from '../../../functions/kernel/calls/service-client.ts';
import type { Transport } from '../../../functions/kernel/calls/transport.ts';
import { httpEvent } from '../../support/http-event.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';
import { startScriptedServer } from '../../support/scripted-server.ts';

it('a question that the table of catalog cannot answer costs it three calls, not three times three', async () => {
  await using table = await startScriptedServer({ status: 500, body: '{}' });
  Object.assign(process.env, {
    SERVICE: 'catalog',
    STAGE: 'test',
    PREFIX: 'archipelago-test',
    TABLE_NAME: 'archipelago-test-catalog',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: table.url,
  });
  const { handler } = await import('../../../functions/catalog/handlers/internal-api.handler.ts');
  const transport: Transport = async ({ url, body }) => {
    const answer = await handler(httpEvent({ method: 'POST', path: new URL(url).pathname, body }), lambdaContext());
    if (typeof answer === 'string') throw new Error('a bare text is no answer');
    return { status: answer.statusCode ?? 0, body: answer.body ?? '' };
  };
  const { clock, random, log } = createRecordingRuntime();
  const instances = async () => [{ id: 'live', url: 'https://catalog.example', origin: 'deploy' }];
  const services = createServiceClient({
    ...{ clock, random, log, transport },
    lookup: { instances },
    pause: async () => undefined,
  });
  const request = { items: [{ sku: 'pen', quantity: 1 }] };
  const cause = { correlationId: 'c', causationId: 'r' };
  await expect(services.ask(quoteItemsV1, request, { cause, deadlineMs: clock.now() + 10_000 })).rejects.toThrow(
    'A service is unavailable.',
  );
  expect(table.requests).toHaveLength(3);
});
