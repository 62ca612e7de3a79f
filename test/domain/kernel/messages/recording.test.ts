import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineEvent } from '../../../../events/contracts/define.ts';
import { causedBy } from '../../../../functions/kernel/messages/message.ts';
import { MAX_DETAIL_BYTES, record } from '../../../../functions/kernel/messages/recording.ts';
import { derivedMessages, messageMembers } from '../../../../functions/kernel/stores/derived-messages.ts';
import { createRecordingRuntime } from '../../../support/recording-runtime.ts';

const noted = defineEvent('notes', 'Noted.v1', z.object({ text: z.string(), more: z.optional(z.string()) }));
const cause = { correlationId: 'c', causationId: 'request' };
const about = { aggregate: 'note/1', version: 3 };
const write = (text: string) => record(noted, { ...about, data: { text } }, cause, createRecordingRuntime());

describe('a recorded message', () => {
  it('says what happened to whom, when, and why', () => {
    expect(write('hello')).toEqual({
      type: 'Noted.v1',
      metadata: { occurredAt: '2026-01-01T00:00:00.000Z', ...cause, ...about },
      data: { text: 'hello' },
    });
  });

  it('passes its correlation and trace on to what it causes', () => {
    const traced = record(
      noted,
      { ...about, data: { text: '' } },
      { ...cause, traceparent: 'tp' },
      createRecordingRuntime(),
    );
    expect(causedBy({ metadata: { ...traced.metadata, id: 'm' } })).toEqual({
      correlationId: 'c',
      causationId: 'm',
      traceparent: 'tp',
    });
  });

  it('is a defect when its data breaks the contract', () => {
    const wrong: { text: string } = JSON.parse('{"text":1}');
    expect(() => record(noted, { ...about, data: wrong }, cause, createRecordingRuntime())).toThrow(
      'Noted.v1 breaks its contract at /text',
    );
  });

  it('takes detail of 64 KB in UTF-8 and not a byte more', () => {
    const metadata = { id: '0'.repeat(32), ...write('').metadata };
    const room = MAX_DETAIL_BYTES - Buffer.byteLength(JSON.stringify({ metadata, data: { text: '' } }));
    expect(() => write('x'.repeat(room))).not.toThrow();
    expect(() => write('x'.repeat(room + 1))).toThrow('more than 65536');
    expect(() => write(`🙂${'x'.repeat(room - 4)}`)).not.toThrow();
    expect(() => write(`🙂${'x'.repeat(room - 3)}`)).toThrow('more than 65536');
  });

  it('comes out of the row that keeps it as it went in, with an id', () => {
    const message = write('hello');
    const destination = { kind: 'queue', queue: 'notes-archive', delaySeconds: 5 } as const;
    const row = { pk: 'NOTE#1', sk: 'NOTE', version: 3, ...messageMembers([{ destination, message }]) };
    const { hash } = createRecordingRuntime();
    const [kept, ...others] = derivedMessages(row, 'notes', hash);
    expect(others).toEqual([]);
    expect(kept).toEqual({
      destination,
      message: { ...message, metadata: { id: expect.stringMatching(/^[0-9a-f]{32}$/), ...message.metadata } },
    });
  });

  it('keeps what an event says already by name, and finds the event again', () => {
    const events = [{ n: 1 }, { n: 2, text: 'hello', items: [{ a: 1 }] }];
    const metadata = { ...write('').metadata, version: 4 };
    const data = { text: 'hello', items: [{ a: 1 }], n: 7 };
    const departure = { destination: { kind: 'bus' }, message: { type: 'Noted.v1', metadata, data } } as const;
    const members = messageMembers([departure], { events, first: 3 });
    expect(members).toMatchObject({ messages: [{ at: 1, same: ['text', 'items'], data: { n: 7 } }] });
    const row = { pk: 'STREAM#1', sk: 'EVENT#3', version: 3, events, ...members };
    expect(derivedMessages(row, 'notes', createRecordingRuntime().hash)).toMatchObject([
      { message: { data, metadata } },
    ]);
  });
});
