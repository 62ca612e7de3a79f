import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { type MessageContract, messageContract } from '../../../../functions/kernel/messages/contract.ts';
import {
  derivedMessages,
  hasDerivedMessages,
  messageMembers,
} from '../../../../functions/kernel/stores/derived-messages.ts';
import { isDestination, isOutboxRow, outgoing, readOutboxRow } from '../../../../functions/kernel/stores/outbox.ts';
import { createRecordingRuntime } from '../../../support/recording-runtime.ts';

const data = z.object({ text: z.string() });
const noted = messageContract({ kind: 'event', service: 'notes', type: 'Noted.v1', data });
const takeNote = messageContract({ kind: 'command', service: 'notes', type: 'TakeNote.v1', data });
const cause = { correlationId: 'c', causationId: 'r' };
const recorded = { aggregate: 'note/1', version: 3, data: { text: 'a' } };
const leaving = (contract: MessageContract<string, { text: string }>, delaySeconds?: number) =>
  outgoing(contract, recorded, cause, createRecordingRuntime(), delaySeconds);

const about = { occurredAt: '2026-01-01T00:00:00.000Z', ...cause, aggregate: 'note/1', version: 3 };

describe('a message that leaves', () => {
  it('goes to the bus as an event, to the queue of the service that takes it as a command', () => {
    expect(leaving(noted).destination).toStrictEqual({ kind: 'bus' });
    expect(leaving(takeNote).destination).toStrictEqual({ kind: 'queue', queue: 'notes-take-note' });
    expect(leaving(takeNote, 0).destination).toStrictEqual({
      kind: 'queue',
      queue: 'notes-take-note',
      delaySeconds: 0,
    });
    expect(leaving(noted).message).toMatchObject({ type: 'Noted.v1', data: { text: 'a' }, metadata: cause });
  });

  it('is read from a row of its own, as earlier releases wrote it', () => {
    const message = JSON.parse(
      JSON.stringify({ type: 'Noted.v1', metadata: { id: 'm', ...about }, data: { text: 'a' } }),
    );
    const item = { kind: 'outbox', destination: { kind: 'bus' }, message };
    expect([isOutboxRow(item), isOutboxRow({ ...item, kind: 'event' })]).toEqual([true, false]);
    expect(readOutboxRow(item)).toEqual({ destination: { kind: 'bus' }, message });
  });

  it.each([
    undefined,
    {},
    { kind: 'mail' },
    { kind: 'queue' },
    { kind: 'queue', queue: 1 },
    'bus',
    { kind: 'x', queue: 'q' },
  ])('has no destination in %j', (destination) => {
    expect(isDestination(destination)).toBe(false);
    const row = { kind: 'outbox', message: {}, ...(destination !== undefined && { destination }) };
    expect(() => readOutboxRow(row)).toThrow(new Error('an outbox row names no destination'));
  });

  it('has the bus or a queue for a destination', () => {
    expect([{ kind: 'bus' }, { kind: 'queue', queue: 'q' }].map(isDestination)).toEqual([true, true]);
  });
});

describe('what a row keeps of its messages', () => {
  const at = (version: number) => ({ ...about, version });

  it('is nothing of none', () => {
    expect(messageMembers([])).toStrictEqual({});
  });

  it('is who, when and why once, and of each message what its event does not say', () => {
    const members = messageMembers(
      [
        { destination: { kind: 'bus' }, message: { type: 'A.v1', metadata: at(4), data: { text: 'a', n: 1 } } },
        {
          destination: { kind: 'queue', queue: 'q', delaySeconds: 60 },
          message: { type: 'B.v1', metadata: at(5), data: { n: 2 } },
        },
        { destination: { kind: 'queue', queue: 'q' }, message: { type: 'C.v1', metadata: at(4), data: {} } },
      ],
      { events: [{ text: 'a', n: 9 }, { n: 2 }], first: 4 },
    );
    expect(members).toStrictEqual({
      outbox: 'derived',
      aggregate: 'note/1',
      occurredAt: about.occurredAt,
      cause,
      messages: [
        { type: 'A.v1', same: ['text'], data: { n: 1 } },
        { type: 'B.v1', at: 1, queue: 'q', delaySeconds: 60, same: ['n'] },
        { type: 'C.v1', queue: 'q' },
      ],
    });
  });

  it('is all of a message where there is no event', () => {
    expect(
      messageMembers([{ destination: { kind: 'bus' }, message: { type: 'A.v1', metadata: at(4), data: { n: 1 } } }]),
    ).toMatchObject({ messages: [{ type: 'A.v1', data: { n: 1 } }] });
  });
});

describe('messages that follow from a row', () => {
  const hash = (text: string) => `${Buffer.from(text).toString('hex')}${'0'.repeat(64)}`;
  const row = {
    pk: 'STREAM#o',
    sk: 'EVENT#1',
    outbox: 'derived',
    version: 4,
    cause,
    occurredAt: '2026-01-01T00:00:00.000Z',
    aggregate: 'order/o',
    events: [{ orderId: 'o', total: 5 }, { reason: 'customer' }],
    messages: [
      { type: 'A.v1', same: ['orderId', 'gone'], data: { more: 1 } },
      { type: 'B.v1', at: 1, same: ['reason'], queue: 'q', delaySeconds: 60 },
      { type: 'C.v1', at: 9, same: ['x'], queue: 'q' },
      { type: 'D.v1' },
      'none',
    ],
  };

  it('have the members that the event has as well, and their place as their version', () => {
    const common = { ...cause, occurredAt: row.occurredAt, aggregate: 'order/o' };
    const idOf = (position: number) => hash(JSON.stringify(['orders', row.pk, row.sk, 4, position])).slice(0, 32);
    expect(derivedMessages(row, 'orders', hash)).toStrictEqual([
      {
        destination: { kind: 'bus' },
        message: {
          type: 'A.v1',
          metadata: { ...common, id: idOf(0), version: 4 },
          data: { orderId: 'o', gone: null, more: 1 },
        },
      },
      {
        destination: { kind: 'queue', queue: 'q', delaySeconds: 60 },
        message: { type: 'B.v1', metadata: { ...common, id: idOf(1), version: 5 }, data: { reason: 'customer' } },
      },
      {
        destination: { kind: 'queue', queue: 'q' },
        message: { type: 'C.v1', metadata: { ...common, id: idOf(2), version: 13 }, data: { x: null } },
      },
      {
        destination: { kind: 'bus' },
        message: { type: 'D.v1', metadata: { ...common, id: idOf(3), version: 4 }, data: {} },
      },
    ]);
  });

  it('are none for a row without any, and the row says whether it has some', () => {
    const { events: _events, messages: _messages, ...bare } = row;
    expect(derivedMessages(bare, 'orders', hash)).toEqual([]);
    expect(derivedMessages({ ...bare, events: {}, messages: {} }, 'orders', hash)).toEqual([]);
    expect([hasDerivedMessages(row), hasDerivedMessages({ outbox: 'x' }), hasDerivedMessages({})]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it.each(['version', 'cause', 'occurredAt', 'aggregate', 'pk', 'sk'])('cannot be had without %s', (name) => {
    expect(() => derivedMessages({ ...row, [name]: null }, 'orders', hash)).toThrow(
      new Error(`the member ${name} is missing or of another type`),
    );
  });
});
