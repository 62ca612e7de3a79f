import { describe, expect, it } from '@jest/globals';
import { DEAD_LETTER_ARN, type EventBridgeFixture, eventBridgeForEachTest, QUEUE_ARN } from './event-bridge-fixture.ts';

let fixture: EventBridgeFixture;

eventBridgeForEachTest((fresh) => {
  fixture = fresh;
});

const DAY_MS = 86_400_000;
const arrivals = () => fixture.received.map(({ arn }) => arn);

const ruleWithDeadLetters = (RetryPolicy: Record<string, number>) =>
  fixture.rule('Rule', {
    Name: 'rule',
    Targets: [{ Id: 'q', Arn: QUEUE_ARN, RetryPolicy, DeadLetterConfig: { Arn: DEAD_LETTER_ARN } }],
  });

describe('routing', () => {
  it('delivers to every target of every rule that matches, and to no other', async () => {
    await fixture.rule('Placed', {
      EventPattern: { 'detail-type': [{ prefix: 'OrderPlaced' }] },
      Targets: [
        { Id: 'a', Arn: `${QUEUE_ARN}-a` },
        { Id: 'b', Arn: `${QUEUE_ARN}-b` },
      ],
    });
    await fixture.rule('Cancelled', { EventPattern: { 'detail-type': [{ prefix: 'OrderCancelled' }] } });
    await fixture.rule('Off', { State: 'DISABLED' });
    await fixture.put({});
    await fixture.aws.world.agenda.runDue();
    expect(arrivals()).toEqual([`${QUEUE_ARN}-a`, `${QUEUE_ARN}-b`]);
  });

  it('passes events from bus to bus, but to no third one', async () => {
    const second = await fixture.aws.create('AWS::Events::EventBus', 'Second', { Name: 'second' });
    const third = await fixture.aws.create('AWS::Events::EventBus', 'Third', { Name: 'third' });
    await fixture.rule('Onward', { Targets: [{ Id: 'bus', Arn: String(second.attributes.Arn) }] });
    await fixture.rule('Further', {
      EventBusName: 'second',
      Targets: [
        { Id: 'bus', Arn: String(third.attributes.Arn) },
        { Id: 'queue', Arn: `${QUEUE_ARN}-second` },
      ],
    });
    await fixture.rule('Last', { EventBusName: 'third', Targets: [{ Id: 'queue', Arn: `${QUEUE_ARN}-third` }] });
    await fixture.put({});
    await fixture.aws.world.agenda.runDue();
    expect(arrivals()).toEqual([`${QUEUE_ARN}-second`]);
    const events = fixture.aws.world.journal.read('events');
    expect(events.map(({ bus }) => bus)).toEqual(['second', 'shop']);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(1);
    expect(new Set(events.map(({ id }) => id)).size).toBe(2);
  });
});

describe('a target that refuses', () => {
  it('gets the event again, after growing pauses', async () => {
    await ruleWithDeadLetters({});
    fixture.refuse(QUEUE_ARN, 3, 'InternalError');
    await fixture.put({});
    await fixture.aws.world.agenda.runDue();
    expect(arrivals()).toEqual([]);
    expect(fixture.aws.world.agenda.pending()).toMatchObject([{ kind: 'pending', what: 'retry delivery (attempt 2)' }]);
    await fixture.aws.advance(10_000);
    expect(arrivals()).toEqual([QUEUE_ARN]);
    const deliveries = fixture.aws.world.journal.read('deliveries').toReversed();
    expect(deliveries.map(({ outcome, attempt }) => [outcome, attempt])).toEqual([
      ['failed', 1],
      ['failed', 2],
      ['failed', 3],
      ['delivered', 4],
    ]);
    expect(deliveries[0]).toMatchObject({
      source: 'events shop/rule',
      attempts: 186,
      nextAttemptAtMs: deliveries[1]?.atMs,
      deadLetters: DEAD_LETTER_ARN,
    });
    const [first = 0, second = 0, third = 0, fourth = 0] = deliveries.map(({ atMs }) => atMs);
    expect(second - first).toBeLessThan(third - second);
    expect(third - second).toBeLessThan(fourth - third);
  });

  it('loses the event to the dead-letter queue when attempts run out', async () => {
    const { attributes } = await ruleWithDeadLetters({ MaximumRetryAttempts: 2 });
    fixture.refuse(QUEUE_ARN, 100, 'InternalError');
    await fixture.put({});
    await fixture.aws.advance(DAY_MS);
    expect(fixture.received).toMatchObject([
      {
        arn: DEAD_LETTER_ARN,
        attributes: {
          RULE_ARN: attributes.Arn,
          TARGET_ARN: QUEUE_ARN,
          ERROR_CODE: 'ERROR_FROM_TARGET',
          ERROR_MESSAGE: 'refused: InternalError',
          EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
          RETRY_ATTEMPTS: '2',
        },
      },
    ]);
    expect(JSON.parse(fixture.received[0]?.payload ?? '')).toMatchObject({ source: 'orders', detail: { id: 1 } });
    expect(fixture.aws.world.agenda.pending()).toEqual([]);
  });

  it('loses the event to the dead-letter queue when the event grows too old', async () => {
    await ruleWithDeadLetters({ MaximumEventAgeInSeconds: 60 });
    fixture.refuse(QUEUE_ARN, 1000, 'ThrottlingException');
    await fixture.put({});
    await fixture.aws.advance(61_000);
    expect(fixture.received).toMatchObject([
      { attributes: { ERROR_CODE: 'THROTTLING', EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds' } },
    ]);
  });

  it('is not asked again when it is not there or not allowed', async () => {
    await ruleWithDeadLetters({});
    for (const code of ['ResourceNotFoundException', 'AccessDeniedException']) {
      fixture.refuse(QUEUE_ARN, 1, code);
      await fixture.put({});
      await fixture.aws.world.agenda.runDue();
    }
    expect(fixture.received).toMatchObject([
      { attributes: { ERROR_CODE: 'NO_RESOURCE', RETRY_ATTEMPTS: '0' } },
      { attributes: { ERROR_CODE: 'NO_PERMISSIONS', RETRY_ATTEMPTS: '0' } },
    ]);
    expect(fixture.received[0]?.attributes).not.toHaveProperty('EXHAUSTED_RETRY_CONDITION');
  });

  it('loses the event for good without a dead-letter queue, after a day at most', async () => {
    await fixture.rule('Rule', {});
    fixture.refuse(QUEUE_ARN, 1000, 'InternalError');
    await fixture.put({});
    await fixture.aws.advance(DAY_MS + 1);
    expect(fixture.received).toEqual([]);
    const [last, ...earlier] = fixture.aws.world.journal.read('deliveries');
    expect(last).toMatchObject({ outcome: 'dropped' });
    expect(earlier.length).toBeGreaterThan(100);
    expect(fixture.aws.world.agenda.pending()).toEqual([]);
  });
});

describe('what a target receives', () => {
  const payloadWith = async (target: Record<string, string | Record<string, string | Record<string, string>>>) => {
    await fixture.rule('Rule', { Name: 'rule', Targets: [{ Id: 'q', Arn: QUEUE_ARN, ...target }] });
    await fixture.put({ Detail: '{"id":7,"name":"say \\"hi\\"","items":[{"sku":"A"}],"ok":true}' });
    await fixture.aws.world.agenda.runDue();
    return fixture.received[0]?.payload;
  };

  it('is a constant', async () => {
    expect(await payloadWith({ Input: '{"fixed":true}' })).toBe('{"fixed":true}');
  });

  it('is a part of the event', async () => {
    expect(await payloadWith({ InputPath: '$.detail.items' })).toBe('[{"sku":"A"}]');
  });

  it('is a template of JSON, with strings quoted for it', async () => {
    const InputPathsMap = { id: '$.detail.id', name: '$.detail.name', sku: '$.detail.items[0].sku', no: '$.detail.no' };
    const InputTemplate = '{"id": <id>, "name": <name>, "text": "<sku>: <name>", "ok": <ok>, "no": <no>}';
    const payload = await payloadWith({
      InputTransformer: { InputPathsMap: { ...InputPathsMap, ok: '$.detail.ok' }, InputTemplate },
    });
    expect(JSON.parse(payload ?? '')).toEqual({ id: 7, name: 'say "hi"', text: 'A: say "hi"', ok: true, no: null });
  });

  it('is a string template with what EventBridge knows by itself', async () => {
    const InputTemplate = '"<type> by <aws.events.rule-name> of <aws.events.rule-arn>"';
    expect(await payloadWith({ InputTransformer: { InputPathsMap: { type: '$.detail-type' }, InputTemplate } })).toBe(
      '"OrderPlaced.v1 by rule of arn:aws:events:us-east-1:000000000000:rule/shop/rule"',
    );
  });

  it('is a template that holds the whole event, or all of it but the detail', async () => {
    const InputTemplate =
      '{"all": <aws.events.event.json>, "head": <aws.events.event>, "at": <aws.events.event.ingestion-time>}';
    const payload = JSON.parse((await payloadWith({ InputTransformer: { InputTemplate } })) ?? '');
    expect(payload.all).toMatchObject({ source: 'orders', detail: { id: 7 } });
    const { detail: _detail, ...head } = payload.all;
    expect(payload.head).toEqual(head);
    expect(payload.at).toBe('2026-11-01T12:00:00.000Z');
  });
});
