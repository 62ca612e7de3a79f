import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from '@jest/globals';
import { createWorld } from '../../src/core/create-world.ts';
import { createEventBridgeService } from '../../src/services/events/service.ts';
import { stopping } from '../core/stopping.ts';
import { type EventBridgeFixture, eventBridgeForEachTest, QUEUE_ARN } from './event-bridge-fixture.ts';

let fixture: EventBridgeFixture;

eventBridgeForEachTest((fresh) => {
  fixture = fresh;
});

describe('names', () => {
  it('are those that Ref and Fn::GetAtt give on AWS', async () => {
    const bus = await fixture.aws.create('AWS::Events::EventBus', 'Bus', { Name: 'b' });
    const busArn = 'arn:aws:events:us-east-1:000000000000:event-bus/b';
    expect(bus).toEqual({ ref: 'b', attributes: { Arn: busArn, Name: 'b' } });
    const onBus = await fixture.rule('OnBus', { Name: 'r', EventBusName: busArn });
    expect(onBus).toEqual({
      ref: 'b|r',
      attributes: { Arn: 'arn:aws:events:us-east-1:000000000000:rule/b/r' },
    });
    const onDefault = await fixture.rule('OnDefault', { Name: 'r', EventBusName: 'default' });
    expect(onDefault).toEqual({ ref: 'r', attributes: { Arn: 'arn:aws:events:us-east-1:000000000000:rule/r' } });
  });
});

describe('rules over the wire', () => {
  it('are put, found, disabled, enabled and deleted', async () => {
    const rule = { Name: 'mine', EventBusName: 'shop' };
    const { RuleArn } = await fixture.client.send(
      new PutRuleCommand({ ...rule, EventPattern: '{"source":["orders"]}' }),
    );
    const target = { Id: 'q', Arn: QUEUE_ARN, RetryPolicy: { MaximumRetryAttempts: 1 } };
    const onRule = { Rule: 'mine', EventBusName: 'shop' };
    await fixture.client.send(new PutTargetsCommand({ ...onRule, Targets: [target] }));
    expect((await fixture.client.send(new ListTargetsByRuleCommand(onRule))).Targets).toEqual([target]);
    expect(await fixture.client.send(new DescribeRuleCommand(rule))).toMatchObject({
      Arn: RuleArn,
      EventPattern: '{"source":["orders"]}',
      State: 'ENABLED',
    });

    await fixture.client.send(new DisableRuleCommand(rule));
    await fixture.put({});
    await fixture.client.send(new EnableRuleCommand(rule));
    await fixture.put({ Detail: '{"id":2}' });
    await fixture.aws.world.agenda.runDue();
    expect(fixture.received.map(({ payload }) => JSON.parse(payload).detail)).toEqual([{ id: 2 }]);

    const refused = fixture.client.send(new DeleteRuleCommand(rule));
    await expect(refused).rejects.toMatchObject({ name: 'ValidationException' });
    await fixture.client.send(new RemoveTargetsCommand({ ...onRule, Ids: ['q'] }));
    await fixture.client.send(new DeleteRuleCommand(rule));
    expect((await fixture.client.send(new ListRulesCommand({ EventBusName: 'shop' }))).Rules).toEqual([]);
  });

  it('are refused with an invalid pattern, without any trigger, and beyond five targets', async () => {
    const put = (EventPattern?: string) => fixture.client.send(new PutRuleCommand({ Name: 'bad', EventPattern }));
    await expect(put('{"source":"orders"}')).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
    await expect(put('nonsense')).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
    await expect(put()).rejects.toMatchObject({ name: 'ValidationException' });
    const Targets = Array.from({ length: 6 }, (_, index) => ({ Id: String(index), Arn: QUEUE_ARN }));
    await expect(fixture.rule('Many', { Targets })).rejects.toMatchObject({ code: 'LimitExceededException' });
  });

  it('are not found on a bus that is not there', async () => {
    const describeRule = new DescribeRuleCommand({ Name: 'x', EventBusName: 'nowhere' });
    await expect(fixture.client.send(describeRule)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const { EventBuses } = await fixture.client.send(new ListEventBusesCommand({}));
    expect(EventBuses?.map(({ Name }) => Name)).toEqual(['default', 'shop']);
  });

  it('can be tried on an event', async () => {
    const required = { id: '1', account: '1', time: 't', region: 'r', resources: [], 'detail-type': 'd' };
    const Event = JSON.stringify({ ...required, source: 'orders' });
    const tried = (EventPattern: string, event = Event) =>
      fixture.client.send(new TestEventPatternCommand({ EventPattern, Event: event }));
    expect((await tried('{"source":["orders"]}')).Result).toBe(true);
    expect((await tried('{"source":["users"]}')).Result).toBe(false);
    await expect(tried('{"source":["users"]}', '{}')).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('a scheduled rule', () => {
  it('fires to its own targets for as long as it is enabled', async () => {
    await fixture.rule('Listener', { EventBusName: 'default', Targets: [{ Id: 'q', Arn: `${QUEUE_ARN}-other` }] });
    const { attributes } = await fixture.aws.create('AWS::Events::Rule', 'Sweep', {
      Name: 'sweep',
      ScheduleExpression: 'rate(1 minute)',
      Targets: [{ Id: 'q', Arn: QUEUE_ARN }],
    });
    expect(fixture.aws.world.agenda.pending()).toMatchObject([{ kind: 'planned', subject: 'sweep' }]);
    await fixture.aws.advance(120_000);
    expect(fixture.received.map(({ arn, payload }) => [arn, JSON.parse(payload)])).toMatchObject([
      [QUEUE_ARN, { time: '2026-11-01T12:01:00Z' }],
      [
        QUEUE_ARN,
        {
          source: 'aws.events',
          'detail-type': 'Scheduled Event',
          time: '2026-11-01T12:02:00Z',
          resources: [attributes.Arn],
          detail: {},
        },
      ],
    ]);
    await fixture.client.send(new DisableRuleCommand({ Name: 'sweep' }));
    await fixture.aws.advance(120_000);
    expect(fixture.received).toHaveLength(2);
    expect(fixture.aws.world.agenda.pending()).toEqual([]);
  });

  it('is refused on another bus than the default one, and with a malformed expression', async () => {
    const create = (properties: Record<string, string>) =>
      fixture.aws.create('AWS::Events::Rule', 'Schedule', properties);
    await expect(create({ ScheduleExpression: 'rate(1 minute)', EventBusName: 'shop' })).rejects.toMatchObject({
      code: 'ValidationException',
    });
    await expect(create({ ScheduleExpression: 'rate(1 minutes)' })).rejects.toMatchObject({
      code: 'ValidationException',
    });
  });
});

describe('a start', () => {
  it('is refused when a rule names a bus that no stack creates', async () => {
    const world = createWorld();
    await using _stopped = stopping(world);
    const service = createEventBridgeService(world);
    const ruleType = service.resourceTypes.find(({ type }) => type === 'AWS::Events::Rule');
    const properties = { Name: 'lost', EventBusName: 'nowhere', EventPattern: { source: ['a'] } };
    void ruleType?.create?.({ stack: 'S', logicalId: 'L', type: 'AWS::Events::Rule', properties, metadata: {} });
    expect(() => service.start?.()).toThrow('event bus nowhere does not exist');
  });
});
