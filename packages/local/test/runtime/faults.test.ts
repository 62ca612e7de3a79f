import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isList, isObject, type Json, type JsonObject } from '../../src/core/json.ts';
import { type Runtime, startRuntime } from '../../src/runtime/start-runtime.ts';
import { writeAssembly } from '../assembly/written-assembly.ts';
import { FUNCTIONS } from '../lambda/lambda-lab.ts';

const TIMEOUT_S = 1;

let runtime: Runtime;
beforeAll(async () => {
  const handler = {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'caller',
      Code: { ZipFile: 'exports.handler = async () => {}' },
      Handler: 'aws-calls.handler',
      Runtime: 'nodejs24.x',
      Timeout: TIMEOUT_S,
      MemorySize: 256,
    },
    Metadata: { 'local:bundle': `${FUNCTIONS}/probe` },
  };
  const orders = {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'orders',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    },
  };
  const letters = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'letters' } };
  runtime = await startRuntime({
    assemblyFolder: writeAssembly({ S: { template: { Resources: { handler, orders, letters } } } }),
  });
  runtime.world.need('functions').reload(`${FUNCTIONS}/probe`);
});
afterAll(() => runtime.stop());

const control = async (method: string, path: string, body?: JsonObject) => {
  const response = await fetch(`${runtime.controlUrl}/control/${path}`, {
    method,
    headers: { authorization: `Bearer ${runtime.controlToken}` },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  return { status: response.status, body: isObject(answer) ? answer : {} };
};
beforeEach(() => control('DELETE', 'faults'));

const plan = (...rules: JsonObject[]) => control('PUT', 'faults', { seed: 1, rules });
const fired = async () => {
  const { rules } = (await control('GET', 'faults')).body;
  return (isList(rules) ? rules : []).map((rule) => (isObject(rule) ? rule.fired : rule));
};
const run = async (event: JsonObject): Promise<Json> => {
  const { payload } = await runtime.world
    .need('functions')
    .invoke({ functionName: 'caller', payload: JSON.stringify(event), source: 'test' });
  return JSON.parse(payload);
};
const has = async (pk: string) => (await runtime.world.need('tables').items('orders')).some((item) => item.pk === pk);
const sent = () =>
  runtime.world
    .need('queues')
    .receive('arn:aws:sqs:us-east-1:000000000000:letters', 10)
    .map(({ body }) => body);
const CALL = { function: 'caller', service: 'dynamodb', operation: 'PutItem' };

describe('a fault at the call boundary', () => {
  it.each([
    ['kill', /Runtime.ExitError/],
    ['timeout', /Sandbox.Timedout/],
    ['lostReply', /TimeoutError/],
    ['throttle', /ThrottlingException/],
    ['conflict', /TransactionConflictException/],
    ['error', /InternalServerError/],
  ])('comes before the call takes effect or after it: %s', async (effect, seen) => {
    for (const when of ['before', 'after']) {
      await plan({ ...CALL, when, effect, times: 1 });
      const pk = `${effect}-${when}`;
      expect(JSON.stringify(await run({ items: [pk] }))).toMatch(seen);
      expect(await has(pk)).toBe(when === 'after');
      expect(await fired()).toEqual([1]);
      expect(await run({ items: [`${pk}-again`] })).toEqual(['put']);
    }
  });

  it('holds a call back', async () => {
    await plan({ ...CALL, when: 'before', effect: 'delay', times: 1 });
    expect(await run({ items: ['late'] })).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(await has('late')).toBe(false);
  });

  it('meets the call of the number that a rule names, in each invocation', async () => {
    await plan({ ...CALL, call: 2, when: 'before', effect: 'error' });
    for (let invocation = 0; invocation < 2; invocation++) {
      expect(await run({ items: ['one', 'two', 'three'] })).toEqual(['put', 'InternalServerError', 'put']);
    }
    expect(await fired()).toEqual([2]);
  });

  it('cancels a transaction with a reason', async () => {
    await plan({ service: 'dynamodb', when: 'before', effect: 'conflict' });
    expect(await run({ transaction: ['t1', 't2'] })).toEqual(['TransactionCanceledException']);
    expect(await has('t1')).toBe(false);
  });

  it('fails a part of a batch', async () => {
    await plan({ when: 'before', effect: 'partial', times: 2 });
    const events = ['a', 'b', 'c', 'd'];
    expect(await run({ events })).toEqual(['InternalFailure', 'sent', 'InternalFailure', 'sent']);
    expect(runtime.world.journal.read('events').map(({ source }) => source)).toEqual(['d', 'b']);
    const queueUrl = `${runtime.world.endpointUrl()}/000000000000/letters`;
    const messages = ['m0', 'm1', 'm2'];
    expect(await run({ queueUrl, messages })).toEqual(['sent 1', 'failed 0', 'failed 2']);
    expect(sent()).toEqual(['m1']);
    await plan({ when: 'after', effect: 'partial', times: 1 });
    expect(await run({ queueUrl, messages })).toEqual(['sent 1', 'failed 0', 'failed 2']);
    expect(sent()).toEqual(['m0', 'm1', 'm2']);
  });

  it('comes by chance, the same for the same seed', async () => {
    const items = Array.from({ length: 20 }, (_, index) => `chance-${index}`);
    const answers: Json[] = [];
    for (let time = 0; time < 2; time++) {
      await plan({ ...CALL, when: 'before', effect: 'error', probability: 0.5 });
      answers.push(await run({ items }));
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(new Set(isList(answers[0]) ? answers[0] : [])).toEqual(new Set(['put', 'InternalServerError']));
  });

  it('leaves calls of tools alone', async () => {
    await plan({ when: 'before', effect: 'error' });
    expect(await has('nothing')).toBe(false);
    expect(await fired()).toEqual([0]);
  });
});

describe('a plan of faults', () => {
  const RULE = { when: 'before', effect: 'kill' };
  it.each([
    [{ rules: [], seeds: 1 }, /a plan has no seeds/],
    [{ seed: 'one', rules: [] }, /seed is a whole number/],
    [{ seed: 1 }, /rules is a list/],
    [{ rules: [1] }, /rules\[0\] is an object/],
    [{ rules: [{ ...RULE, functions: 'a' }] }, /rules\[0\] has no functions; it has function, /],
    [{ rules: [RULE, { ...RULE, when: 'during' }] }, /rules\[1\]\.when is one of before, after/],
    [{ rules: [{ ...RULE, effect: 'explode' }] }, /rules\[0\]\.effect is one of kill, /],
    [{ rules: [{ ...RULE, call: 0 }] }, /call is 1 or more/],
    [{ rules: [{ ...RULE, times: 1.5 }] }, /times is 1 or more/],
    [{ rules: [{ ...RULE, probability: 2 }] }, /probability is a number from 0 to 1/],
    [{ rules: [{ ...RULE, service: 5 }] }, /service is a text/],
  ])('is refused, and the one before stays: %j', async (given: JsonObject, message) => {
    await plan(RULE);
    const { status, body } = await control('PUT', 'faults', given);
    expect([status, body.code]).toEqual([400, 'InvalidFaultPlan']);
    expect(body.message).toMatch(message);
    expect(await fired()).toEqual([0]);
  });

  it('is shown with how often each rule fired, and ends', async () => {
    await plan({ ...RULE, function: 'nothing' });
    expect((await control('DELETE', 'faults')).body).toEqual({
      seed: 1,
      rules: [{ ...RULE, function: 'nothing', fired: 0 }],
    });
    expect((await control('GET', 'faults')).body).toEqual({ seed: 0, rules: [] });
  });
});
