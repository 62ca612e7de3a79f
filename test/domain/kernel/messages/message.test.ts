import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineApi, messageContract } from '../../../../functions/kernel/messages/contract.ts';
import { causedBy } from '../../../../functions/kernel/messages/message.ts';
import { causeIn, readMessage } from '../../../../functions/kernel/messages/read-message.ts';
import { record } from '../../../../functions/kernel/messages/recording.ts';
import { createRecordingRuntime } from '../../../support/recording-runtime.ts';

const metadata = {
  id: 'm-1',
  occurredAt: '2026-01-01T00:00:00.000Z',
  correlationId: 'c',
  causationId: 'r',
  aggregate: 'note/1',
  version: 3,
};
const noted = messageContract({
  kind: 'event',
  service: 'notes',
  type: 'Noted.v1',
  data: z.object({ text: z.string(), lines: z.optional(z.array(z.object({ n: z.number() }))) }),
});

describe('a contract', () => {
  it('reads its message and drops what it does not know', () => {
    const message = { type: 'Noted.v1', metadata, data: { text: 'a', later: 1 } };
    expect(noted.read(message)).toEqual({ type: 'Noted.v1', metadata, data: { text: 'a' } });
  });

  it('names every place that breaks it', () => {
    const message = { type: 'Noted.v1', metadata, data: { text: 1, lines: [{ n: 1 }, { n: 'x' }] } };
    expect(() => noted.read(message)).toThrow(new Error('Noted.v1 breaks its contract at /text, /lines/1/n'));
  });

  it('of an API holds its service and routes', () => {
    expect(defineApi('notes', {})).toEqual({ service: 'notes', routes: {} });
  });
});

describe('the cause of what a message causes', () => {
  it('is the message, with its correlation, and its trace if it has one', () => {
    expect(causedBy({ metadata })).toStrictEqual({ correlationId: 'c', causationId: 'm-1' });
    expect(causedBy({ metadata: { ...metadata, traceparent: 't' } })).toStrictEqual({
      correlationId: 'c',
      causationId: 'm-1',
      traceparent: 't',
    });
  });

  it('is read with what later code adds, and with a trace that is a text', () => {
    const cause = { correlationId: 'c', causationId: 'r' };
    expect(causeIn({ ...cause, later: 1 })).toStrictEqual({ ...cause, later: 1 });
    expect(causeIn({ ...cause, traceparent: 't' })).toStrictEqual({ ...cause, traceparent: 't' });
    expect(causeIn({ ...cause, traceparent: 1 })).toStrictEqual(cause);
  });
});

describe('a message that is no message', () => {
  it.each([
    [null, 'a message has no type'],
    [{ type: 1, metadata, data: {} }, 'a message has no type'],
    [{ type: 'Noted.v1', metadata }, 'a Noted.v1 lacks metadata or data'],
    [{ type: 'Noted.v1', data: {} }, 'a Noted.v1 lacks metadata or data'],
    [{ type: 'x'.repeat(200) }, `a ${'x'.repeat(100)} lacks metadata or data`],
  ])('is refused: %j', (value, message) => {
    expect(() => readMessage(value)).toThrow(new Error(message));
  });
});

describe('a message that is recorded', () => {
  const cause = { correlationId: 'c', causationId: 'r' };
  const about = { aggregate: 'note/1', version: 3 };

  it('names every place at which its data breaks the contract', () => {
    const data = JSON.parse('{ "text": 1, "lines": [{ "n": "x" }] }');
    expect(() => record(noted, { ...about, data }, cause, createRecordingRuntime())).toThrow(
      /^Noted\.v1 breaks its contract at \/text: .+; \/lines\/0\/n: .+$/,
    );
  });

  it('has an object for data', () => {
    const worded = messageContract({ kind: 'event', service: 'notes', type: 'Worded.v1', data: z.string() });
    expect(() => record(worded, { ...about, data: 'a' }, cause, createRecordingRuntime())).toThrow(
      new Error('the data of Worded.v1 is no object'),
    );
  });
});
