import { setTimeout as pause } from 'node:timers/promises';
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientOf, type Keys, signingClientOf } from '../e2e/client.ts';
import type { System } from '../e2e/system.ts';
import { REGION } from './cdk-cli.ts';
import { type Deployment, PREFIX } from './deployment.ts';
import { ask } from './raw-request.ts';
import { poolTokens } from './tokens.ts';

/** Streams have no length that could be asked for: what they carry reaches a queue within this time. */
const QUIET_MS = 2_000;
const POLL_MS = 250;
const SETTLED_WITHIN_MS = 120_000;

/** Messages that wait or are being handled, in all queues; those that are delayed are not due. */
const messagesUnderway = async (sqs: SQSClient): Promise<number> => {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: PREFIX }));
  const counts = await Promise.all(
    QueueUrls.filter((url) => !/(dead-letters|undelivered|lost-records|missed-runs)$/.test(url)).map(
      async (QueueUrl) => {
        const { Attributes = {} } = await sqs.send(
          new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
        );
        return (
          Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible)
        );
      },
    ),
  );
  return counts.reduce((sum, count) => sum + count, 0);
};

const settle = async (sqs: SQSClient): Promise<void> => {
  const deadline = Date.now() + SETTLED_WITHIN_MS;
  let quietSince = Date.now();
  while (Date.now() - quietSince < QUIET_MS) {
    if ((await messagesUnderway(sqs)) > 0) quietSince = Date.now();
    if (Date.now() > deadline) throw new Error(`messages are still underway after ${SETTLED_WITHIN_MS} ms`);
    await pause(POLL_MS);
  }
};

/** The keys of a session of a role, which the emulator need not have. */
const keysOf = async (endpoint: string, role: string): Promise<Keys> => {
  const form = new URLSearchParams({
    Action: 'AssumeRole',
    Version: '2011-06-15',
    RoleArn: `arn:aws:iam::000000000000:role/${role}`,
    RoleSessionName: 'cases',
  });
  const answer = await ask(endpoint, { service: 'sts', form: form.toString() });
  const text = (name: string): string => new RegExp(`<${name}>([^<]+)</${name}>`).exec(answer)?.[1] ?? '';
  return {
    accessKeyId: text('AccessKeyId'),
    secretAccessKey: text('SecretAccessKey'),
    sessionToken: text('SessionToken'),
  };
};

/** A deployment as the cases meet every system; it goes on when they are through. */
export const deployedSystem = async ({ endpoint, stateFolder, apiUrl, pool }: Deployment): Promise<System> => {
  const token = await poolTokens(endpoint, stateFolder, pool);
  const sqs = new SQSClient({
    endpoint,
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return {
    anonymous: clientOf(apiUrl),
    as: async (identity) => clientOf(apiUrl, await token(identity)),
    machine: async (role) => signingClientOf(apiUrl, await keysOf(endpoint, role), REGION),
    settled: () => settle(sqs),
    stop: async () => sqs.destroy(),
  };
};
