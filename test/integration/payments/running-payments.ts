import type { IncomingMessage, RequestListener } from 'node:http';
import { createSsmService, emulateAws, startEngine } from '@archipelago/local/testing';
import { httpEvent } from '../../support/http-event.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { tableDefinition } from '../../support/table-definition.ts';

const PREFIX = 'archipelago-test';

const read = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};

type Door = (
  event: ReturnType<typeof httpEvent>,
  context: ReturnType<typeof lambdaContext>,
) => Promise<{ statusCode?: number | undefined; body?: string | undefined }>;

const gatewayTo =
  (doors: ReadonlyMap<string, Door>, underWay: Promise<void>[]): RequestListener =>
  (request, response) => {
    const answer = async () => {
      const door = doors.get(request.url ?? '');
      if (!door) throw new Error(`nothing is at ${request.url}`);
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const event = httpEvent({ method: 'POST', path: request.url ?? '', headers, body: await read(request) });
      const { statusCode = 500, body } = await door(event, lambdaContext());
      response.writeHead(statusCode, { 'content-type': 'application/json' });
      response.end(body);
    };
    underWay.push(answer());
  };

/** The provider's functions behind HTTP, and payments' functions that find them by the parameter. */
export const startPayments = async () => {
  const engine = await startEngine();
  for (const table of ['payments', 'provider']) await engine.createTable(tableDefinition(`${PREFIX}-${table}`));
  const aws = await emulateAws((world) => [createSsmService(world)]);
  const environment = (service: string, table: string) =>
    Object.assign(process.env, {
      SERVICE: service,
      STAGE: 'test',
      PREFIX,
      TABLE_NAME: `${PREFIX}-${table}`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL: aws.clientConfig.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    });

  const underWay: Promise<void>[] = [];
  environment('payment-provider', 'provider');
  const doors = new Map<string, Door>([
    ['/charges', (await import('../../../functions/payment-provider/handlers/create-charge.handler.ts')).handler],
    ['/voids', (await import('../../../functions/payment-provider/handlers/void-charge.handler.ts')).handler],
    ['/refunds', (await import('../../../functions/payment-provider/handlers/create-refund.handler.ts')).handler],
  ]);
  const { url } = await aws.world.listen('provider', gatewayTo(doors, underWay));
  const parameter = { Name: `/${PREFIX}/payment-provider/url`, Type: 'String', Value: url };
  await aws.create('AWS::SSM::Parameter', 'Url', parameter);

  environment('payments', 'payments');
  const { handler: capture } = await import('../../../functions/payments/handlers/capture-payment.handler.ts');
  const { handler: refund } = await import('../../../functions/payments/handlers/refund-payment.handler.ts');
  const { handler: list } = await import('../../../functions/payments/handlers/list-payments.handler.ts');
  return {
    capture,
    refund,
    list,
    stop: async () => {
      // A reply that nobody waits for is still written.
      await Promise.allSettled(underWay);
      await aws.stop();
      await engine.stop();
    },
  };
};
