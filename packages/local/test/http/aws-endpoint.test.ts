import { request } from 'node:http';
import { EventBridgeClient, ListEventBusesCommand } from '@aws-sdk/client-eventbridge';
import { ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Runtime, startRuntime } from '../../src/runtime/start-runtime.ts';
import { writeAssembly } from '../assembly/written-assembly.ts';
import { fakeThings } from '../runtime/fake-services.ts';

let runtime: Runtime;
beforeAll(async () => {
  const assemblyFolder = writeAssembly({ Shop: { template: { Resources: {} } } });
  runtime = await startRuntime({ assemblyFolder, services: fakeThings({ QueueUrls: ['here'] }).services });
});
afterAll(() => runtime.stop());

const operator = { accessKeyId: 'test', secretAccessKey: 'test' };
const configuration = (credentials = operator) => ({
  region: 'us-east-1',
  endpoint: runtime.world.endpointUrl(),
  credentials,
  maxAttempts: 1,
});

const status = (headers: Record<string, string>) =>
  new Promise<number | undefined>((resolve, reject) => {
    request(runtime.world.endpointUrl(), { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

describe('the AWS endpoint', () => {
  it('finds the service from the signature and answers the SDK', async () => {
    expect((await new SQSClient(configuration()).send(new ListQueuesCommand({}))).QueueUrls).toEqual(['here']);
  });

  it('knows the caller from the access key and journals the call', async () => {
    const caller = { principal: 'arn:aws:iam::000000000000:role/reader', functionName: 'reader', invocationId: 'i-1' };
    const client = new SQSClient(configuration(runtime.world.credentials.issue(caller)));
    await client.send(new ListQueuesCommand({}));
    const [call] = runtime.world.journal.read('calls');
    expect(call).toMatchObject({ service: 'sqs', operation: 'ListQueues', resource: 'a-queue', status: 200, caller });
  });

  it('refuses temporary credentials without their session token', async () => {
    const { sessionToken, ...key } = runtime.world.credentials.issue({ principal: 'role', functionName: 'reader' });
    const refusal = { name: 'UnrecognizedClientException', $metadata: { httpStatusCode: 403 } };
    for (const credentials of [key, { ...key, sessionToken: `not ${sessionToken}` }]) {
      const refused = new SQSClient(configuration(credentials)).send(new ListQueuesCommand({}));
      await expect(refused).rejects.toMatchObject(refusal);
    }
  });

  it('journals a refusal with its code, by the operator when the key is unknown', async () => {
    const refused = new SQSClient(configuration()).send(new SendMessageCommand({ QueueUrl: 'q', MessageBody: 'm' }));
    await expect(refused).rejects.toMatchObject({ name: 'UnknownOperationException' });
    expect(runtime.world.journal.read('calls')[0]).toMatchObject({
      caller: { principal: 'operator' },
      status: 400,
      error: 'UnknownOperationException',
    });
  });

  it('names a service that is not emulated', async () => {
    const refused = new EventBridgeClient(configuration()).send(new ListEventBusesCommand({}));
    await expect(refused).rejects.toThrow("the AWS service 'events' is not emulated here");
  });

  it('refuses web pages: foreign hosts and cross-origin requests', async () => {
    expect(await status({ host: 'rebound.example' })).toBe(403);
    expect(await status({ origin: 'https://page.example' })).toBe(403);
  });
});
