import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineEvent } from '../../../../events/contracts/define.ts';
import { createConsoleLog } from '../../../../functions/adapters/node/console-log.ts';
import { record } from '../../../../functions/kernel/messages/recording.ts';
import { createEventStore } from '../../../../functions/kernel/stores/event-store.ts';
import { createMemoryTable } from '../../../../functions/kernel/stores/memory-table.ts';
import { keepSecret, readSecret } from '../../../../functions/kernel/stores/secrets.ts';
import { Secret } from '../../../../functions/kernel/values/secret.ts';

const secret = new Secret('tok_secret');
const cause = { correlationId: 'c', causationId: 'r' };

describe('a secret', () => {
  it('is revealed to whom asks for it, and shows itself to nothing else', () => {
    expect(secret.reveal()).toBe('tok_secret');
    expect(`${secret}`).toBe('[secret]');
    expect(Object.keys(secret)).toEqual([]);
  });

  it('is refused by an event', async () => {
    const table = createMemoryTable();
    const store = createEventStore<object, object>(table, {
      eventOf: (event) => event,
      stateOf: (state) => state,
      toStored: (event) => JSON.parse(JSON.stringify(event)),
      revision: '1',
    });
    const append = { streamId: 's', expectedVersion: 0, events: [{ secret }], occurredAt: '', cause };
    await expect(store.append(append)).rejects.toThrow('a secret is not written');
    expect(table.items()).toEqual([]);
  });

  it('is refused by a message', () => {
    const open = defineEvent('orders', 'Open.v1', z.object({ secret: z.unknown() }));
    const tools = { clock: { now: () => 0 }, ids: { next: () => 'id' } };
    const data = { aggregate: 'a/1', version: 1, data: { secret } };
    expect(() => record(open, data, cause, tools)).toThrow('a secret is not written');
  });

  it('is refused by a log', () => {
    const lines: string[] = [];
    const log = createConsoleLog({ now: () => 0 }, {}, (line) => lines.push(line));
    const fields = JSON.parse('{}');
    fields.secret = secret;
    expect(() => log.info('m', fields)).toThrow('a secret is not written');
    expect(lines).toEqual([]);
  });

  it('is kept in its row until it expires', async () => {
    const table = createMemoryTable();
    await table.commit([keepSecret('o', secret, 10_000)]);
    expect((await readSecret(table, 'o', 9_999))?.reveal()).toBe('tok_secret');
    expect(await readSecret(table, 'o', 10_000)).toBeUndefined();
  });
});
