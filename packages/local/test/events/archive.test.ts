import {
  DescribeArchiveCommand,
  DescribeReplayCommand,
  StartReplayCommand,
  type StartReplayCommandInput,
} from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { STARTED_AT_MS } from '../../src/testing/emulated-aws.ts';
import { type EventBridgeFixture, eventBridge } from './event-bridge-fixture.ts';

const BUS_ARN = 'arn:aws:events:us-east-1:000000000000:event-bus/shop';
const ARCHIVE_ARN = 'arn:aws:events:us-east-1:000000000000:archive/all';
const DAY_MS = 86_400_000;

let fixture: EventBridgeFixture;

beforeEach(async () => {
  fixture = await eventBridge();
  await fixture.rule('Rule', { Name: 'rule' });
});

afterEach(async () => {
  fixture.client.destroy();
  await fixture.aws.stop();
});

const archive = (properties = {}) =>
  fixture.aws.create('AWS::Events::Archive', 'Archive', { ArchiveName: 'all', SourceArn: BUS_ARN, ...properties });

const eventCount = async () =>
  (await fixture.client.send(new DescribeArchiveCommand({ ArchiveName: 'all' }))).EventCount;

const replay = (request: Partial<StartReplayCommandInput> = {}) =>
  fixture.client.send(
    new StartReplayCommand({
      ReplayName: 'again',
      EventSourceArn: ARCHIVE_ARN,
      EventStartTime: new Date(STARTED_AT_MS - 1000),
      EventEndTime: new Date(STARTED_AT_MS + DAY_MS),
      Destination: { Arn: BUS_ARN },
      ...request,
    }),
  );

describe('an archive', () => {
  it('has the name and ARN that templates refer to', async () => {
    expect(await archive()).toEqual({ ref: 'all', attributes: { Arn: ARCHIVE_ARN, ArchiveName: 'all' } });
  });

  it('keeps the events of its bus that match its pattern', async () => {
    await archive({ EventPattern: { source: ['orders'] } });
    await fixture.put({}, { Source: 'users' }, { EventBusName: 'default' });
    expect(await eventCount()).toBe(1);
  });

  it('forgets events after its retention', async () => {
    await archive({ RetentionDays: 1 });
    await fixture.put({});
    await fixture.aws.advance(DAY_MS / 2);
    await fixture.put({});
    expect(await eventCount()).toBe(2);
    await fixture.aws.advance(DAY_MS / 2);
    expect(await eventCount()).toBe(1);
  });
});

describe('a replay', () => {
  beforeEach(async () => {
    await archive();
    await fixture.put({ Detail: '{"id":1}' });
    await fixture.aws.advance(60_000);
    await fixture.put({ Detail: '{"id":2}' });
    await fixture.aws.advance(60_000);
    fixture.received.splice(0);
  });

  it('delivers the archived events again under its name, and archives nothing twice', async () => {
    await replay();
    await fixture.aws.world.agenda.runDue();
    const events = fixture.received.map(({ payload }) => JSON.parse(payload));
    expect(events).toMatchObject([
      { 'replay-name': 'again', detail: { id: 1 }, time: '2026-11-01T12:00:00Z' },
      { 'replay-name': 'again', detail: { id: 2 } },
    ]);
    expect(await eventCount()).toBe(2);
    expect(await fixture.client.send(new DescribeReplayCommand({ ReplayName: 'again' }))).toMatchObject({
      State: 'COMPLETED',
      EventLastReplayedTime: new Date(STARTED_AT_MS + 60_000),
    });
  });

  it('keeps the order of minutes, and no order within one', async () => {
    const ids = Array.from({ length: 20 }, (_, number) => number + 10);
    for (const id of ids) await fixture.put({ Detail: JSON.stringify({ id }) });
    await fixture.aws.advance(60_000);
    fixture.received.splice(0);
    await replay({ EventEndTime: new Date(STARTED_AT_MS + 300_000) });
    await fixture.aws.world.agenda.runDue();
    const [first, second, ...others] = fixture.received.map(({ payload }) => JSON.parse(payload).detail.id);
    expect([first, second]).toEqual([1, 2]);
    expect(others).not.toEqual(ids);
    expect(others.toSorted((a, b) => a - b)).toEqual(ids);
  });

  it('takes only what happened in its window', async () => {
    await replay({ EventEndTime: new Date(STARTED_AT_MS + 30_000) });
    await fixture.aws.world.agenda.runDue();
    expect(fixture.received.map(({ payload }) => JSON.parse(payload).detail)).toEqual([{ id: 1 }]);
  });

  it('goes only to the rules it names', async () => {
    await replay({ Destination: { Arn: BUS_ARN, FilterArns: ['arn:aws:events:us-east-1:000000000000:rule/shop/x'] } });
    await fixture.aws.world.agenda.runDue();
    expect(fixture.received).toEqual([]);
  });

  it('refuses another bus, an empty window, a name in use and an unknown archive', async () => {
    const other = 'arn:aws:events:us-east-1:000000000000:event-bus/default';
    await expect(replay({ Destination: { Arn: other } })).rejects.toMatchObject({ name: 'ValidationException' });
    const backwards = replay({ EventEndTime: new Date(STARTED_AT_MS - 2000) });
    await expect(backwards).rejects.toMatchObject({ name: 'ValidationException' });
    const unknown = replay({ EventSourceArn: `${ARCHIVE_ARN}-not` });
    await expect(unknown).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await replay();
    await expect(replay()).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
  });
});
