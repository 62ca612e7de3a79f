import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsCommandOutput,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach } from '@jest/globals';
import { AwsError } from '../../src/core/aws-call.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { Delivery } from '../../src/core/world.ts';
import { createEventBridgeService } from '../../src/services/events/service.ts';
import { type EmulatedAws, emulateAws } from '../../src/testing/emulated-aws.ts';

export const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:orders';
export const DEAD_LETTER_ARN = 'arn:aws:sqs:us-east-1:000000000000:dead';

export interface EventBridgeFixture {
  readonly aws: EmulatedAws;
  readonly client: EventBridgeClient;
  /** What every queue received, oldest first. */
  readonly received: (Delivery & { readonly arn: string })[];
  /** Makes a target refuse its next deliveries. */
  refuse(arn: string, times: number, code: string): void;
  put(...entries: Partial<PutEventsRequestEntry>[]): Promise<PutEventsCommandOutput>;
  /** A rule on the bus `shop` for everything, unless told otherwise. */
  rule(logicalId: string, properties: JsonObject): ReturnType<EmulatedAws['create']>;
}

/** EventBridge with a bus `shop` and recording queues. */
export const eventBridge = async (): Promise<EventBridgeFixture> => {
  const received: (Delivery & { readonly arn: string })[] = [];
  const refusals = new Map<string, { times: number; readonly code: string }>();
  const aws = await emulateAws((world) => [createEventBridgeService(world)]);
  aws.world.targets.register('sqs', async (arn, delivery) => {
    const refusal = refusals.get(arn);
    if (refusal && refusal.times > 0) {
      refusal.times -= 1;
      throw new AwsError(refusal.code, `refused: ${refusal.code}`);
    }
    received.push({ ...delivery, arn });
  });
  await aws.create('AWS::Events::EventBus', 'Bus', { Name: 'shop' });
  const client = new EventBridgeClient(aws.clientConfig);
  return {
    aws,
    client,
    received,
    refuse: (arn, times, code) => refusals.set(arn, { times, code }),
    put: (...entries) => {
      const whole = { Source: 'orders', DetailType: 'OrderPlaced.v1', Detail: '{"id":1}', EventBusName: 'shop' };
      return client.send(new PutEventsCommand({ Entries: entries.map((entry) => ({ ...whole, ...entry })) }));
    },
    rule: (logicalId, properties) =>
      aws.create('AWS::Events::Rule', logicalId, {
        EventBusName: 'shop',
        EventPattern: { source: [{ exists: true }] },
        Targets: [{ Id: 'queue', Arn: QUEUE_ARN }],
        ...properties,
      }),
  };
};

/** A fixture of its own for each test of the file, handed over before it runs. */
export const eventBridgeForEachTest = (use: (fixture: EventBridgeFixture) => void): void => {
  let current: EventBridgeFixture | undefined;
  beforeEach(async () => {
    current = await eventBridge();
    use(current);
  });
  afterEach(async () => {
    current?.client.destroy();
    await current?.aws.stop();
  });
};
