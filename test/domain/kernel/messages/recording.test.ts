import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineEvent } from '../../../../events/contracts/define.ts';
import { causedBy } from '../../../../functions/kernel/messages/message.ts';
import { MAX_DETAIL_BYTES, record } from '../../../../functions/kernel/messages/recording.ts';
import { outboxWrite, readOutboxRow } from '../../../../functions/kernel/stores/outbox.ts';
import { createRecordingRuntime } from '../../../support/recording-runtime.ts';

const noted = defineEvent('notes', 'Noted.v1', z.object({ text: z.string(), more: z.optional(z.string()) }));
const cause = { correlationId: 'c', causationId: 'request' };
const about = { aggregate: 'note/1', version: 3 };
const write = (text: string) => record(noted, { ...about, data: { text } }, cause, createRecordingRuntime());

describe('a recorded message', () => {
  it('says what happened to whom, when, and why', () => {
    expect(write('hello')).toEqual({
      type: 'Noted.v1',
      metadata: { id: 'ID000000000000000000000001', occurredAt: '2026-01-01T00:00:00.000Z', ...cause, ...about },
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
    expect(causedBy(traced)).toEqual({ correlationId: 'c', causationId: traced.metadata.id, traceparent: 'tp' });
  });

  it('is a defect when its data breaks the contract', () => {
    const wrong: { text: string } = JSON.parse('{"text":1}');
    expect(() => record(noted, { ...about, data: wrong }, cause, createRecordingRuntime())).toThrow(
      'Noted.v1 breaks its contract at /text',
    );
  });

  it('takes detail of 64 KB in UTF-8 and not a byte more', () => {
    const { metadata } = write('');
    const room = MAX_DETAIL_BYTES - Buffer.byteLength(JSON.stringify({ metadata, data: { text: '' } }));
    expect(() => write('x'.repeat(room))).not.toThrow();
    expect(() => write('x'.repeat(room + 1))).toThrow('more than 65536');
    expect(() => write(`🙂${'x'.repeat(room - 4)}`)).not.toThrow();
    expect(() => write(`🙂${'x'.repeat(room - 3)}`)).toThrow('more than 65536');
  });

  it('comes out of the outbox as it went in, and is kept a week', () => {
    const message = write('hello');
    const destination = { kind: 'queue', queue: 'notes-archive', delaySeconds: 5 } as const;
    const row = outboxWrite({ destination, message });
    if (row.kind !== 'insert') throw new Error('an outbox row is inserted');
    expect(readOutboxRow(row.item)).toEqual({ destination, message });
    expect(row.item).toMatchObject({
      pk: 'OUTBOX#note/1',
      sk: message.metadata.id,
      expiresAt: Date.UTC(2026, 0, 8) / 1000,
    });
  });
});
