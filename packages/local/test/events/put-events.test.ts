import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from '@jest/globals';
import { type EventBridgeFixture, eventBridgeForEachTest, QUEUE_ARN } from './event-bridge-fixture.ts';

let fixture: EventBridgeFixture;

eventBridgeForEachTest((fresh) => {
  fixture = fresh;
});

const bodies = () => fixture.received.map(({ payload }) => JSON.parse(payload));

describe('PutEvents', () => {
  it('delivers the envelope that AWS sends, after it has answered', async () => {
    await fixture.rule('All', {});
    const answer = await fixture.put({ Resources: ['arn:aws:x'], Time: new Date('2026-10-31T10:00:00.900Z') });
    expect(fixture.received).toEqual([]);
    expect(fixture.aws.world.agenda.pending()).toMatchObject([{ kind: 'pending', subject: QUEUE_ARN }]);
    await fixture.aws.world.agenda.runDue();
    const envelope = {
      version: '0',
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      'detail-type': 'OrderPlaced.v1',
      source: 'orders',
      account: '000000000000',
      time: '2026-10-31T10:00:00Z',
      region: 'us-east-1',
      resources: ['arn:aws:x'],
      detail: { id: 1 },
    };
    expect(bodies()).toEqual([envelope]);
    expect(Object.keys(bodies()[0])).toEqual(Object.keys(envelope));
    expect(answer).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: bodies()[0].id }] });
  });

  it('takes the time of its clock when an entry has none', async () => {
    await fixture.rule('All', {});
    await fixture.put({});
    await fixture.aws.world.agenda.runDue();
    expect(bodies()).toMatchObject([{ time: '2026-11-01T12:00:00Z', resources: [] }]);
  });

  it('fails entries one by one, in order, and lets the others through', async () => {
    await fixture.rule('All', {});
    const answer = await fixture.put(
      { Detail: '{"id":1}' },
      { Source: '' },
      { DetailType: '' },
      { Detail: 'nonsense' },
      { Detail: '[1]' },
      { Detail: '' },
      { Source: 'aws.ec2' },
      { EventBusName: 'elsewhere' },
      { Detail: '{"id":2}' },
    );
    expect(answer).toMatchObject({
      FailedEntryCount: 7,
      Entries: [
        { EventId: expect.any(String) },
        { ErrorCode: 'InvalidArgument', ErrorMessage: expect.stringContaining('Source is a required argument') },
        { ErrorCode: 'InvalidArgument', ErrorMessage: expect.stringContaining('DetailType is a required argument') },
        { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
        { ErrorCode: 'MalformedDetail' },
        { ErrorCode: 'InvalidArgument' },
        { ErrorCode: 'NotAuthorizedForSourceException' },
        { ErrorCode: 'ResourceNotFoundException', ErrorMessage: 'Event bus elsewhere does not exist.' },
        { EventId: expect.any(String) },
      ],
    });
    await fixture.aws.world.agenda.runDue();
    expect(bodies().map(({ detail }) => detail.id)).toEqual([1, 2]);
  });

  it('refuses no entries, more than ten, and more than one megabyte', async () => {
    const tooMany = Array.from({ length: 11 }, () => ({}));
    await expect(fixture.put(...tooMany)).rejects.toMatchObject({ name: 'ValidationException' });
    const none = fixture.client.send(new PutEventsCommand({ Entries: [] }));
    await expect(none).rejects.toMatchObject({ name: 'ValidationException' });
    const half = { Detail: JSON.stringify({ text: 'x'.repeat(524_000) }) };
    await expect(fixture.put(half, half)).resolves.toMatchObject({ FailedEntryCount: 0 });
    await expect(
      fixture.put(half, half, {
        Detail: '{"text":"tip it over the limit, since the two above nearly fill it"}',
        Source: 'x'.repeat(900),
      }),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Total size of the entries in the request is over the limit.',
    });
  });

  it('finds a bus by name, by ARN, and the default one by no name', async () => {
    await fixture.rule('All', {});
    await fixture.rule('OnDefault', { EventBusName: 'default', Targets: [{ Id: 'q', Arn: `${QUEUE_ARN}-default` }] });
    await fixture.put({ EventBusName: 'arn:aws:events:us-east-1:000000000000:event-bus/shop', Detail: '{"id":"arn"}' });
    await fixture.client.send(
      new PutEventsCommand({ Entries: [{ Source: 'a', DetailType: 'b', Detail: '{"id":"default"}' }] }),
    );
    await fixture.aws.world.agenda.runDue();
    expect(fixture.received.map(({ arn, payload }) => [arn, JSON.parse(payload).detail.id])).toEqual([
      [QUEUE_ARN, 'arn'],
      [`${QUEUE_ARN}-default`, 'default'],
    ]);
  });

  it('hands the trace header on and keeps the event in the journal', async () => {
    const { ref } = await fixture.rule('All', { Name: 'all' });
    const TraceHeader = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
    await fixture.put({ TraceHeader });
    await fixture.aws.world.agenda.runDue();
    expect(fixture.received).toMatchObject([{ traceHeader: TraceHeader }]);
    expect(ref).toBe('shop|all');
    const [entry] = fixture.aws.world.journal.read('events');
    expect(entry).toMatchObject({
      bus: 'shop',
      source: 'orders',
      detailType: 'OrderPlaced.v1',
      detail: { id: 1 },
      traceId: '1-5759e988-bd862e3fe1be46a994272793',
      matchedRules: ['all'],
      envelope: JSON.parse(fixture.received[0]?.payload ?? ''),
    });
    expect(entry?.id).toBe(entry?.eventId);
  });
});
