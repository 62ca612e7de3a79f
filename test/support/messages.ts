import type { EventBridgeEvent } from 'aws-lambda';
import type { Message } from '../../functions/kernel/messages/message.ts';
import type { Departure } from '../../functions/kernel/stores/outbox.ts';
import type { JsonObject } from '../../functions/kernel/values/json.ts';

/** A message about `order/<order>`, whose id is `<order>-<version>`. */
export const messageOf = (type: string, order: string, version: number, data: JsonObject = {}): Message => ({
  type,
  metadata: {
    id: `${order}-${version}`,
    occurredAt: '2026-01-01T00:00:00.000Z',
    correlationId: `correlation-${order}`,
    causationId: 'request',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    aggregate: `order/${order}`,
    version,
  },
  data,
});

/** The same before it has an id, on its way to the bus. */
export const departureOf = (type: string, order: string, version: number, data: JsonObject = {}): Departure => {
  const { metadata, ...message } = messageOf(type, order, version, data);
  const { id: _, ...others } = metadata;
  return { destination: { kind: 'bus' }, message: { ...message, metadata: others } };
};

/** The same as EventBridge hands it to a function. */
export const busEventOf = ({ type, metadata, data }: Message): EventBridgeEvent<string, object> => ({
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': type,
  source: 'orders',
  account: '000000000000',
  time: '2026-01-01T00:00:00Z',
  region: 'us-east-1',
  resources: [],
  detail: { metadata, data },
});

/** The same as EventBridge delivers it to a queue. */
export const envelopeOf = (message: Message): string => JSON.stringify(busEventOf(message));

/** What Lambda puts into a queue when its function failed on such an event. */
export const failedInvocationOf = (requestPayload: object): string =>
  JSON.stringify({
    version: '1.0',
    timestamp: '2026-01-01T00:00:01.000Z',
    requestContext: {
      requestId: 'e4b46cbf-b738-xmpl-8880-a18cdf61200e',
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:archipelago-dev-orders-fulfil:live',
      condition: 'RetriesExhausted',
      approximateInvokeCount: 1,
    },
    requestPayload,
    responseContext: { statusCode: 200, executedVersion: '7', functionError: 'Unhandled' },
    responsePayload: { errorType: 'Error', errorMessage: 'not now', trace: ['Error: not now'] },
  });
