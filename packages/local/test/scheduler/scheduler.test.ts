import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AwsError } from '../../src/core/aws-call.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { Delivery } from '../../src/core/world.ts';
import { createEventBridgeService } from '../../src/services/events/service.ts';
import { createSchedulerService } from '../../src/services/scheduler/service.ts';
import { type EmulatedAws, emulateAws } from '../../src/testing/emulated-aws.ts';

const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:sweep';
const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:orders';
const DEAD_LETTER_ARN = 'arn:aws:sqs:us-east-1:000000000000:dead';
const ROLE_ARN = 'arn:aws:iam::000000000000:role/scheduler';
const DAY_MS = 86_400_000;

let aws: EmulatedAws;
let received: (Delivery & { readonly arn: string })[];
let refusing: ReadonlySet<string>;

beforeEach(async () => {
  received = [];
  refusing = new Set();
  aws = await emulateAws((world) => [createEventBridgeService(world), createSchedulerService(world)]);
  const deliver = async (arn: string, delivery: Delivery) => {
    if (refusing.has(arn)) throw new AwsError('ServiceException', 'refused');
    received.push({ ...delivery, arn });
  };
  aws.world.targets.register('sqs', deliver);
  aws.world.targets.register('lambda', deliver);
});

afterEach(() => aws.stop());

/** The scheduler client is none of our dependencies; its protocol is plain JSON over HTTP. */
const call = async (method: string, path: string, body?: JsonObject) => {
  const authorization = 'AWS4-HMAC-SHA256 Credential=test/20261101/us-east-1/scheduler/aws4_request, Signature=x';
  const response = await fetch(`${aws.clientConfig.endpoint}${path}`, {
    method,
    headers: { authorization },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, error: response.headers.get('x-amzn-errortype'), body: await response.json() };
};

const every = (ScheduleExpression: string, target: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  ScheduleExpression,
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: QUEUE_ARN, RoleArn: ROLE_ARN, Input: '{"sweep":true}', ...target },
  ...more,
});

describe('a schedule of a template', () => {
  it('sends its input at each of its times, in its time zone', async () => {
    const identity = await aws.create('AWS::Scheduler::Schedule', 'Nightly', {
      Name: 'nightly',
      ...every('cron(0 22 * * ? *)', { Arn: FUNCTION_ARN }, { ScheduleExpressionTimezone: 'Europe/Berlin' }),
    });
    const arn = 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/nightly';
    expect(identity).toEqual({ ref: 'nightly', attributes: { Arn: arn } });
    expect(aws.world.agenda.pending()).toMatchObject([
      { kind: 'planned', subject: 'nightly', dueAtMs: Date.parse('2026-11-01T21:00:00Z') },
    ]);
    await aws.advance(2 * DAY_MS);
    expect(received).toMatchObject([
      { arn: FUNCTION_ARN, payload: '{"sweep":true}' },
      { arn: FUNCTION_ARN, payload: '{"sweep":true}' },
    ]);
  });

  it('belongs to a group', async () => {
    const group = await aws.create('AWS::Scheduler::ScheduleGroup', 'Group', { Name: 'timers' });
    expect(group.ref).toBe('timers');
    const schedule = await aws.create('AWS::Scheduler::Schedule', 'Tick', {
      Name: 'tick',
      GroupName: 'timers',
      ...every('rate(1 minute)'),
    });
    expect(schedule.attributes.Arn).toBe('arn:aws:scheduler:us-east-1:000000000000:schedule/timers/tick');
    const lost = aws.create('AWS::Scheduler::Schedule', 'Lost', { GroupName: 'nowhere', ...every('rate(1 minute)') });
    await expect(lost).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  it('keeps to its start, its end and its state', async () => {
    await aws.create('AWS::Scheduler::Schedule', 'Off', every('rate(1 minute)', {}, { State: 'DISABLED' }));
    await aws.create('AWS::Scheduler::Schedule', 'Window', {
      ...every('rate(1 hour)', {}, { StartDate: '2026-11-01T13:30:00Z', EndDate: '2026-11-01T16:00:00Z' }),
    });
    await aws.advance(DAY_MS);
    expect(received).toHaveLength(2);
    expect(aws.world.agenda.pending()).toEqual([]);
  });

  it('runs somewhere within a flexible window', async () => {
    const FlexibleTimeWindow = { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 };
    await aws.create('AWS::Scheduler::Schedule', 'Loose', { ...every('rate(1 hour)'), FlexibleTimeWindow });
    const [next] = aws.world.agenda.pending();
    const lateMs = (next?.dueAtMs ?? 0) - (aws.clock.now() + 3_600_000);
    expect(lateMs).toBeGreaterThan(0);
    expect(lateMs).toBeLessThan(15 * 60_000);
  });
});

describe('what a target receives', () => {
  it('is a scheduled event without an input', async () => {
    const { Target, ...rest } = every('rate(1 minute)');
    await call('POST', '/schedules/plain', { ...rest, Target: { Arn: QUEUE_ARN, RoleArn: ROLE_ARN } });
    await aws.advance(60_000);
    expect(JSON.parse(received[0]?.payload ?? '')).toMatchObject({
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      time: '2026-11-01T12:01:00Z',
      resources: ['arn:aws:scheduler:us-east-1:000000000000:schedule/default/plain'],
      detail: '{}',
    });
  });

  it('has the context attributes of its execution filled in', async () => {
    const Input = '{"at":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>"}';
    await call('POST', '/schedules/context', every('rate(1 minute)', { Input }));
    await aws.advance(60_000);
    expect(JSON.parse(received[0]?.payload ?? '')).toEqual({
      at: '2026-11-01T12:01:00Z',
      by: 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/context',
    });
  });

  it('is an event when it is a bus', async () => {
    const bus = await aws.create('AWS::Events::EventBus', 'Bus', { Name: 'shop' });
    await aws.create('AWS::Events::Rule', 'Rule', {
      EventBusName: 'shop',
      EventPattern: { source: ['clock'], detail: { sweep: [true] } },
      Targets: [{ Id: 'q', Arn: QUEUE_ARN }],
    });
    const EventBridgeParameters = { Source: 'clock', DetailType: 'Tick' };
    const target = { Arn: String(bus.attributes.Arn), EventBridgeParameters };
    await call('POST', '/schedules/tick', every('rate(1 minute)', target));
    await aws.advance(60_000);
    expect(JSON.parse(received[0]?.payload ?? '')).toMatchObject({
      version: '0',
      source: 'clock',
      'detail-type': 'Tick',
      time: '2026-11-01T12:01:00Z',
      detail: { sweep: true },
    });
  });

  it('goes to the dead-letter queue when retries run out', async () => {
    refusing = new Set([QUEUE_ARN]);
    const target = { RetryPolicy: { MaximumRetryAttempts: 1 }, DeadLetterConfig: { Arn: DEAD_LETTER_ARN } };
    await call('POST', '/schedules/failing', every('at(2026-11-01T12:01:00)', target));
    await aws.advance(DAY_MS);
    expect(received).toMatchObject([
      {
        arn: DEAD_LETTER_ARN,
        attributes: {
          SCHEDULE_ARN: 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/failing',
          TARGET_ARN: QUEUE_ARN,
          SCHEDULED_TIME: '2026-11-01T12:01:00Z',
          EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
          RETRY_ATTEMPTS: '1',
        },
      },
    ]);
    expect(JSON.parse(received[0]?.payload ?? '')).toEqual({
      MessageBody: '{"sweep":true}',
      QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/orders',
    });
  });
});

describe('the API', () => {
  it('creates, shows and deletes schedules', async () => {
    const created = await call('POST', '/schedules/once', every('at(2026-11-01T13:00:00)'));
    const ScheduleArn = 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/once';
    expect(created).toMatchObject({ status: 200, body: { ScheduleArn } });
    expect(await call('POST', '/schedules/once', every('at(2026-11-01T13:00:00)'))).toMatchObject({
      status: 409,
      error: 'ConflictException',
    });
    expect((await call('GET', '/schedules/once?groupName=default')).body).toMatchObject({
      Name: 'once',
      GroupName: 'default',
      Arn: ScheduleArn,
      ScheduleExpression: 'at(2026-11-01T13:00:00)',
      State: 'ENABLED',
    });
    expect((await call('GET', '/schedules')).body).toMatchObject({ Schedules: [{ Name: 'once' }] });
    expect(await call('DELETE', '/schedules/once')).toMatchObject({ status: 200 });
    expect(await call('GET', '/schedules/once')).toMatchObject({ status: 404, error: 'ResourceNotFoundException' });
    expect(aws.world.agenda.pending()).toEqual([]);
  });

  it('replaces a schedule and its times', async () => {
    await call('POST', '/schedules/tick', every('rate(1 minute)'));
    await call('PUT', '/schedules/tick', every('rate(5 minutes)'));
    await aws.advance(300_000);
    expect(received).toHaveLength(1);
    expect(await call('PUT', '/schedules/tock', every('rate(5 minutes)'))).toMatchObject({ status: 404 });
  });

  it('deletes a schedule after its completion only when asked to', async () => {
    await call('POST', '/schedules/kept', every('at(2026-11-01T12:01:00)'));
    await call('POST', '/schedules/gone', every('at(2026-11-01T12:01:00)', {}, { ActionAfterCompletion: 'DELETE' }));
    await aws.advance(60_000);
    expect(received).toHaveLength(2);
    expect((await call('GET', '/schedules/kept')).status).toBe(200);
    expect((await call('GET', '/schedules/gone')).status).toBe(404);
  });

  it('creates and deletes groups with what is in them', async () => {
    expect((await call('POST', '/schedule-groups/timers', {})).status).toBe(200);
    await call('POST', '/schedules/tick', { ...every('rate(1 minute)'), GroupName: 'timers' });
    expect((await call('GET', '/schedule-groups/timers')).body).toMatchObject({ Name: 'timers', State: 'ACTIVE' });
    await call('DELETE', '/schedule-groups/timers');
    await aws.advance(120_000);
    expect(received).toEqual([]);
  });

  it.each([
    ['a malformed expression', every('rate(1 minutes)')],
    ['an unknown time zone', every('cron(0 1 * * ? *)', {}, { ScheduleExpressionTimezone: 'Middle/Earth' })],
    ['no time window', { ...every('rate(1 minute)'), FlexibleTimeWindow: {} }],
    ['no target', { ...every('rate(1 minute)'), Target: {} }],
    ['a universal target', every('rate(1 minute)', { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage' })],
  ])('refuses %s', async (_what, body) => {
    expect(await call('POST', '/schedules/bad', body)).toMatchObject({ status: 400, error: 'ValidationException' });
  });
});
