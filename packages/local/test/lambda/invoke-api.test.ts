import { GetFunctionCommand, InvokeCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Lab, openLab } from './lambda-lab.ts';

let lab: Lab;
let dice = 0;
beforeAll(async () => {
  lab = await openLab({ random: { next: () => dice, hex: (n) => 'a'.repeat(n * 2), uuid: () => crypto.randomUUID() } });
  await lab.addProbe('echo', {}, 'orders-place');
  await lab.addProbe('fail');
  await lab.addProbe('large');
  await lab.addProbe('describeContext');
});
afterAll(() => lab.close());

const invoke = (FunctionName: string, payload = '{}', options = {}) =>
  lab.client.send(new InvokeCommand({ FunctionName, Payload: Buffer.from(payload), ...options }));
const contextOf = async (functionName: string) => {
  const { Payload } = await invoke(functionName);
  return JSON.parse(Buffer.from(Payload ?? []).toString());
};
const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:';

describe('the Lambda API', () => {
  it.each(['orders-place', `${ARN}orders-place`, 'orders-place:$LATEST'])('invokes by %s', async (name) => {
    const { StatusCode, Payload, ExecutedVersion, FunctionError } = await invoke(name, '{"sku":"é"}');
    expect({ StatusCode, ExecutedVersion, FunctionError }).toEqual({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(Buffer.from(Payload ?? []).toString()).toBe('{"sku":"é"}');
  });

  it('marks what the handler threw', async () => {
    const { StatusCode, FunctionError } = await invoke('fail');
    expect({ StatusCode, FunctionError }).toEqual({ StatusCode: 200, FunctionError: 'Unhandled' });
  });

  it('runs nothing on a dry run, and accepts an event with 202', async () => {
    const before = lab.entries('invocations').length;
    expect((await invoke('orders-place', '{}', { InvocationType: 'DryRun' })).StatusCode).toBe(204);
    expect(lab.entries('invocations')).toHaveLength(before);
    expect((await invoke('orders-place', '{}', { InvocationType: 'Event' })).StatusCode).toBe(202);
    await lab.until(() => lab.entries('invocations').length === before + 1);
  });

  it.each([
    ['an unknown function', 'ResourceNotFoundException', 'absent', '{}', {}],
    ['an unknown qualifier', 'ResourceNotFoundException', 'orders-place', '{}', { Qualifier: 'green' }],
    ['what is not JSON', 'InvalidRequestContentException', 'orders-place', '{', {}],
    ['more than 6 MB', 'RequestTooLargeException', 'orders-place', `"${'x'.repeat(6_291_456)}"`, {}],
    [
      'an event of more than 1 MB',
      'RequestTooLargeException',
      'orders-place',
      `"${'x'.repeat(1_048_576)}"`,
      { InvocationType: 'Event' },
    ],
  ])('refuses %s: %s', async (_what, error, name, payload, options) => {
    await expect(invoke(name, payload, options)).rejects.toMatchObject({ name: error });
  });

  it('refuses an answer of more than 6,291,556 bytes and lets one of that size through', async () => {
    const fits = await invoke('large', JSON.stringify({ length: 6_291_554 }));
    expect(fits.FunctionError).toBeUndefined();
    const exceeds = await invoke('large', JSON.stringify({ length: 6_291_555 }));
    expect(exceeds.FunctionError).toBe('Unhandled');
    expect(JSON.parse(Buffer.from(exceeds.Payload ?? []).toString()).errorType).toBe('Function.ResponseSizeTooLarge');
  });

  it('numbers versions, and an alias leads to one', async () => {
    const one = await lab.add('AWS::Lambda::Version', 'One', { FunctionName: 'describeContext' });
    const two = await lab.add('AWS::Lambda::Version', 'Two', { FunctionName: `${ARN}describeContext` });
    expect([one.ref, one.attributes.Version]).toEqual([`${ARN}describeContext:1`, '1']);
    expect(two.attributes.Version).toBe('2');
    const live = await lab.add('AWS::Lambda::Alias', 'Live', {
      FunctionName: 'describeContext',
      FunctionVersion: '2',
      Name: 'live',
      RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: '1', FunctionWeight: 0.25 }] },
    });
    expect(live.ref).toBe(`${ARN}describeContext:live`);
    dice = 0.25;
    expect(await contextOf(live.ref)).toMatchObject({ functionVersion: '2', invokedFunctionArn: live.ref });
    dice = 0.24;
    expect(await contextOf(live.ref)).toMatchObject({ functionVersion: '1', invokedFunctionArn: live.ref });
  });

  it('lists functions and describes one', async () => {
    const { Functions } = await lab.client.send(new ListFunctionsCommand({}));
    expect(Functions?.map(({ FunctionName }) => FunctionName)).toContain('orders-place');
    const { Configuration } = await lab.client.send(new GetFunctionCommand({ FunctionName: 'orders-place' }));
    expect(Configuration).toMatchObject({ FunctionArn: `${ARN}orders-place`, Timeout: 3, MemorySize: 128 });
  });

  it('names operation and function for the log of calls', () => {
    const call = lab.entries('calls').find(({ operation }) => operation === 'Invoke');
    expect(call).toMatchObject({ service: 'lambda', resource: 'orders-place', status: 200 });
  });
});
