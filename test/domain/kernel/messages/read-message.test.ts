import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineEvent } from '../../../../events/contracts/define.ts';
import { readMessage } from '../../../../functions/kernel/messages/read-message.ts';
import { messageOf } from '../../../support/messages.ts';

const message = messageOf('OrderPlaced.v1', 'a', 1, { total: 5, later: 'addition' });
const metadata = { ...message.metadata };

describe('a message that is read', () => {
  it('keeps what only a newer writer knows', () => {
    const newer = { ...message, metadata: { ...metadata, tenant: 't1' } };
    expect(readMessage(JSON.parse(JSON.stringify(newer)))).toEqual(newer);
    const { traceparent: _traceparent, ...untraced } = metadata;
    expect(readMessage({ ...message, metadata: untraced })).toEqual({ ...message, metadata: untraced });
  });

  it.each(Object.keys(metadata).filter((name) => name !== 'traceparent'))(
    'is refused without %s, and without showing its content',
    (name) => {
      const read = () => readMessage({ ...message, metadata: { ...metadata, [name]: { secret: 1 } } });
      expect(read).toThrow(new Error(`the member ${name} is missing or of another type`));
    },
  );

  it.each([undefined, [], { data: {} }, { ...message, data: [] }, { ...message, metadata: undefined }])(
    'is refused when it is %j',
    (value) => {
      expect(() => readMessage(value)).toThrow(/^a (message has no type|OrderPlaced.v1 lacks metadata or data)$/);
    },
  );

  it('has its data as its contract types it, and is refused by path when it has not', () => {
    const placed = defineEvent('orders', 'OrderPlaced.v1', z.object({ total: z.int() }));
    expect(placed.read(message)).toEqual({ ...message, data: { total: 5 } });
    const broken = { ...message, data: { total: 'secret' } };
    expect(() => placed.read(broken)).toThrow(/^OrderPlaced\.v1 breaks its contract at \/total$/);
  });
});
