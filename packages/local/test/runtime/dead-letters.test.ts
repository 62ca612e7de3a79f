import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../test/support/eventually.ts';
import { isObject, type JsonObject } from '../../src/core/json.ts';
import { type Runtime, startRuntime } from '../../src/runtime/start-runtime.ts';
import { writeAssembly } from '../assembly/written-assembly.ts';

const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

let runtime: Runtime;
beforeAll(async () => {
  const queue = (QueueName: string, more: JsonObject = {}) => ({
    Type: 'AWS::SQS::Queue',
    Properties: { QueueName, ...more },
  });
  const RedrivePolicy = { deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 };
  const dead = queue('dead');
  const work = { ...queue('work', { RedrivePolicy, VisibilityTimeout: 0 }), DependsOn: ['dead'] };
  const fn = {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'worker',
      Code: { ZipFile: 'exports.handler = async () => {};' },
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Role: 'arn:aws:iam::000000000000:role/worker',
    },
  };
  const Resources = { dead, work, target: queue('target'), lost: queue('lost'), fn };
  runtime = await startRuntime({ assemblyFolder: writeAssembly({ S: { template: { Resources } } }) });
});
afterAll(() => runtime.stop());

const control = async (method: string, path: string): Promise<{ status: number; body: JsonObject }> => {
  const headers = { authorization: `Bearer ${runtime.controlToken}` };
  const response = await fetch(`${runtime.controlUrl}/control/queues/${path}`, { method, headers });
  const body: unknown = await response.json();
  return { status: response.status, body: isObject(body) ? body : {} };
};
const send = (name: string, payload: string, attributes: Record<string, string> = {}) =>
  runtime.world.targets.deliver(arnOf(name), { payload, source: 'test', attributes });
const receive = (name: string) => runtime.world.need('queues').receive(arnOf(name), 10);

describe('dead letters', () => {
  it('are shown without being received, and sent back to where they were meant for', async () => {
    await send('work', 'given up');
    expect(receive('work')).toHaveLength(1);
    expect(receive('work')).toEqual([]);
    await send('dead', '{"id":"e-1"}', { TARGET_ARN: arnOf('target'), ERROR_CODE: 'NO_PERMISSIONS' });
    await send('dead', 'put aside by its consumer', { reason: 'malformed' });
    await send('dead', '{"id":"e-2"}', { TARGET_ARN: arnOf('gone') });

    const bodies = ['given up', '{"id":"e-1"}', 'put aside by its consumer', '{"id":"e-2"}'];
    for (let look = 0; look < 2; look++) {
      const { messages } = (await control('GET', 'dead/messages')).body;
      expect(messages).toMatchObject(bodies.map((body) => ({ body, state: 'ready' })));
      expect(messages).toMatchObject(
        [1, 0, 0, 0].map((count) => ({ attributes: { ApproximateReceiveCount: `${count}` } })),
      );
    }

    const { body } = await control('POST', 'dead/redrive');
    expect(body).toMatchObject({
      moved: 3,
      left: [{ reason: expect.stringContaining('does not exist') }],
      report: expect.stringContaining('3 messages of dead sent back'),
    });
    expect(receive('work').map((message) => message.body)).toEqual(['given up', 'put aside by its consumer']);
    expect(receive('target').map((message) => message.body)).toEqual(['{"id":"e-1"}']);
    expect(receive('dead').map((message) => message.body)).toEqual(['{"id":"e-2"}']);
  });

  it('that are records of Lambda go to the function that they name, as the event that it was given', async () => {
    const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:worker:$LATEST';
    await send('lost', JSON.stringify({ requestContext: { functionArn }, requestPayload: { id: 'e-3' } }));
    await send('lost', 'from nowhere');
    expect((await control('POST', 'lost/redrive')).body).toMatchObject({
      moved: 1,
      left: [{ reason: expect.stringContaining('names neither') }],
    });
    await eventually('the invocation', async () => runtime.world.journal.read('invocations').length > 0);
    expect(runtime.world.journal.read('invocations')).toMatchObject([
      { functionName: 'worker', source: 'redrive of lost', status: 'ok' },
    ]);
  });

  it('of a queue that does not exist are refused', async () => {
    expect((await control('GET', 'nothing/messages')).body.code).toBe('QueueDoesNotExist');
    expect((await control('POST', 'nothing/redrive')).body.code).toBe('QueueDoesNotExist');
    expect((await control('POST', 'dead/messages')).status).toBe(405);
    expect((await control('GET', 'dead/nothing')).status).toBe(404);
  });
});
