import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/core/json.ts';
import { type Lab, openLab } from './lambda-lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({ environment: () => ({ AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000' }) });
  lab.world.agenda.start();
});
afterAll(() => lab.close());

const answerOf = async (name: string, event: JsonObject = {}) => {
  const result = await lab.invoke(name, event);
  return { ...result, answer: JSON.parse(result.payload) };
};

describe('an execution environment', () => {
  it('answers what the handler returns and is reused while warm', async () => {
    await lab.addProbe('count');
    expect((await answerOf('count')).answer).toBe(1);
    expect((await answerOf('count')).answer).toBe(2);
    const [first, second] = lab.entries('invocations').filter(({ functionName }) => functionName === 'count');
    expect(first).toMatchObject({ coldStart: true, status: 'ok', source: 'test', version: '$LATEST' });
    expect(second).toMatchObject({ coldStart: false, environmentId: first?.environmentId });
  });

  it('sees exactly the variables of its template and those that Lambda sets', async () => {
    process.env.OF_THE_HOST = 'secret';
    const variables = { TABLE: 'orders', _LOCAL: '1' };
    const properties = { Environment: { Variables: variables }, MemorySize: 256, LoggingConfig: { LogGroup: '/logs' } };
    await lab.addProbe('environment', properties);
    const { answer } = await answerOf('environment');
    delete process.env.OF_THE_HOST;
    expect(answer).toMatchObject({
      ...variables,
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'environment',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_LOG_GROUP_NAME: '/logs',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_ENDPOINT_URL: lab.world.endpointUrl(),
      AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
      _HANDLER: 'index.environment',
      TZ: ':UTC',
    });
    expect(answer).not.toHaveProperty('OF_THE_HOST');
    expect(answer).not.toHaveProperty('PATH');
    expect(lab.world.credentials.find(answer.AWS_ACCESS_KEY_ID)?.caller).toMatchObject({
      principal: 'arn:aws:iam::000000000000:role/environment-role',
      functionName: 'environment',
    });
  });

  it('keeps the variables of two functions apart', async () => {
    await lab.addProbe('environment', { Environment: { Variables: { MINE: 'a' } } }, 'env-a');
    await lab.addProbe('environment', { Environment: { Variables: { YOURS: 'b' } } }, 'env-b');
    const [a, b] = await Promise.all([answerOf('env-a'), answerOf('env-b')]);
    expect([a.answer.MINE, a.answer.YOURS, b.answer.MINE, b.answer.YOURS]).toEqual(['a', undefined, undefined, 'b']);
    expect(a.answer.AWS_ACCESS_KEY_ID).not.toBe(b.answer.AWS_ACCESS_KEY_ID);
  });

  it('gives the handler a context of the Node.js runtime', async () => {
    await lab.addProbe('describeContext', { Timeout: 7 });
    const traceHeader = 'Root=1-00000000-000000000000000000000001;Parent=0000000000000001;Sampled=1';
    const result = await lab.functions.invoke({
      functionName: 'describeContext',
      payload: '{}',
      source: 'test',
      traceHeader,
    });
    const context = JSON.parse(result.payload);
    expect(context).toMatchObject({
      awsRequestId: result.requestId,
      functionName: 'describeContext',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:describeContext',
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/describeContext',
      // The function's own segment is what is before the calls it makes.
      traceId: expect.stringMatching(/^Root=1-0{8}-0{23}1;Parent=(?!0{15}1)[0-9a-f]{16};Sampled=1$/),
    });
    expect(context.remainingMs).toBeGreaterThan(6000);
    expect(context.remainingMs).toBeLessThanOrEqual(7000);
  });

  it.each(['hang', 'spin'])('is ended when the time is up, and replaced (%s)', async (handler) => {
    await lab.addProbe(handler, { Timeout: 1 });
    const { answer, requestId, functionError } = await answerOf(handler);
    expect(functionError).toBe('Unhandled');
    expect(answer).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${requestId} Error: Task timed out after 1.00 seconds`,
    });
    const entry = lab.entries('invocations').at(-1);
    expect(entry).toMatchObject({ id: requestId, status: 'timeout', error: { errorType: 'Sandbox.Timedout' } });
    expect((await answerOf(handler, { brief: true })).answer).toBe('brief');
    const next = lab.entries('invocations').at(-1);
    expect(next).toMatchObject({ coldStart: true, status: 'ok' });
    expect(next?.environmentId).not.toBe(entry?.environmentId);
  });

  it('prints nothing more when the time is up', async () => {
    await lab.addProbe('hang', { Timeout: 1 }, 'hang-on');
    await lab.addProbe('takeTime', { Timeout: 10 }, 'meanwhile');
    const printed = () => lab.entries('logs').filter(({ message }) => message === 'still here').length;
    await answerOf('hang-on');
    await answerOf('hang-on', { brief: true });
    const atEnd = printed();
    expect(atEnd).toBeGreaterThan(0);
    await answerOf('meanwhile', { ms: 100 });
    expect(printed()).toBe(atEnd);
  });

  it('is replaced when it runs out of memory', async () => {
    await lab.addProbe('exhaustMemory', { MemorySize: 32, Timeout: 60 });
    const first = await answerOf('exhaustMemory');
    expect(first.answer.errorType).toBe('Runtime.ExitError');
    expect(first.answer.errorMessage).toContain('signal: killed');
    await answerOf('exhaustMemory');
    const ids = lab.entries('invocations').filter(({ functionName }) => functionName === 'exhaustMemory');
    expect(new Set(ids.map(({ environmentId }) => environmentId)).size).toBe(2);
  });

  it('ends with its process', async () => {
    await lab.addProbe('leave');
    const { answer } = await answerOf('leave');
    expect(answer).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(answer.errorMessage).toMatch(/Error: Runtime exited with error: exit status 3$/);
  });

  it('reports a promise rejected with nobody waiting, and is replaced', async () => {
    await lab.addProbe('rejectUnhandled');
    const { answer } = await answerOf('rejectUnhandled');
    expect(answer).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'TypeError: nobody waits for this',
    });
    expect((await answerOf('rejectUnhandled')).answer.errorType).toBe('Runtime.UnhandledPromiseRejection');
  });

  it('answers what the handler throws as an error document and stays', async () => {
    await lab.addProbe('fail');
    const { answer, functionError } = await answerOf('fail', { message: 'no' });
    expect(functionError).toBe('Unhandled');
    expect(answer).toMatchObject({ errorType: 'RangeError', errorMessage: 'no' });
    expect(answer.trace[0]).toBe('RangeError: no');
    await answerOf('fail');
    expect(lab.entries('invocations').at(-1)).toMatchObject({ coldStart: false, status: 'error' });
  });

  it('answers null when nothing is left that could settle the answer', async () => {
    await lab.addProbe('never');
    expect((await answerOf('never')).answer).toBeNull();
    expect((await answerOf('never')).answer).toBeNull();
    expect(lab.entries('invocations').at(-1)).toMatchObject({ coldStart: false, status: 'ok' });
  });

  it('stands still between invocations: timers left behind wait for the next one', async () => {
    await lab.addProbe('keepTicking');
    await lab.addProbe('takeTime', { Timeout: 10 });
    await answerOf('keepTicking');
    await answerOf('takeTime', { ms: 100 });
    // Each of the few turns of the loop around an invocation may tick once; 100 ms awake would tick up to a hundred times.
    expect((await answerOf('keepTicking')).answer).toBeLessThan(10);
  });

  it('keeps every printed line with its request, level and trace, and parses JSON', async () => {
    await lab.addProbe('print');
    const { requestId } = await answerOf('print');
    const lines = lab.entries('logs').filter(({ functionName }) => functionName === 'print');
    expect(lines.map(({ level, message }) => [level, message])).toEqual([
      ['INFO', 'plain words'],
      ['WARN', 'structured'],
      ['INFO', 'two'],
      ['INFO', 'lines'],
    ]);
    expect(lines[1]).toMatchObject({ invocationId: requestId, data: { orderId: 'o-1' } });
    expect(lines[0]?.traceId).toBe(lab.entries('invocations').at(-1)?.traceId);
  });

  it('drops what lies below the application log level of JSON logging', async () => {
    const LoggingConfig = { LogFormat: 'JSON', ApplicationLogLevel: 'WARN' };
    await lab.addProbe('print', { LoggingConfig }, 'print-warn');
    await answerOf('print-warn');
    const lines = lab.entries('logs').filter(({ functionName }) => functionName === 'print-warn');
    expect(lines.map(({ message }) => message)).toEqual(['structured', 'two', 'lines']);
  });
});
