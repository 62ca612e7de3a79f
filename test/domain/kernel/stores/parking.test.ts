import { describe, expect, it } from '@jest/globals';
import { createMemoryTable } from '../../../../functions/kernel/stores/memory-table.ts';
import {
  parkedMessages,
  parkWrite,
  putOffWrites,
  unparkWrite,
  unreadableWrite,
} from '../../../../functions/kernel/stores/parking.ts';
import type { Table } from '../../../../functions/kernel/stores/table.ts';
import { messageOf } from '../../../support/messages.ts';

const NOW = 1_767_225_600_000;
const outgoing = (id: string) => ({
  destination: { kind: 'bus' } as const,
  message: messageOf('OrderPlaced.v1', id, 1, {}),
});
const never = () => 0;

describe('a message that could not be sent', () => {
  it('is parked with its content, and tried again in a minute at the latest', async () => {
    const table = createMemoryTable();
    const { message, destination } = outgoing('a');
    await table.commit([parkWrite({ message, destination }, NOW, never)]);
    const nextAttemptAtMs = NOW + 60_000;
    expect(table.items()).toEqual([
      {
        pk: 'PARKED',
        sk: `0${nextAttemptAtMs}#${message.metadata.id}`,
        kind: 'parked',
        destination,
        message,
        parkedAtMs: NOW,
        attempts: 1,
        nextAttemptAtMs,
      },
    ]);
    const parked = { destination, message, parkedAtMs: NOW, attempts: 1, nextAttemptAtMs };
    expect(await parkedMessages(table, 10)).toEqual([parked]);
  });

  it('is put off for twice as long each time, up to 15 minutes, and up to a quarter less', async () => {
    const table = createMemoryTable();
    await table.commit([parkWrite(outgoing('a'), NOW, never)]);
    const pauses: number[] = [];
    for (let attempt = 2; attempt <= 6; attempt += 1) {
      const [parked] = await parkedMessages(table, 1);
      if (!parked) throw new Error('nothing is parked');
      const nowMs = parked.nextAttemptAtMs;
      await table.commit(putOffWrites(parked, nowMs, never));
      const [later] = await parkedMessages(table, 10);
      expect(later).toEqual({ ...parked, attempts: attempt, nextAttemptAtMs: later?.nextAttemptAtMs });
      pauses.push((later?.nextAttemptAtMs ?? 0) - nowMs);
      expect(table.items()).toHaveLength(1);
    }
    expect(pauses).toEqual([120_000, 240_000, 480_000, 900_000, 900_000]);
    const spread = parkWrite(outgoing('b'), NOW, () => 0.5);
    expect(spread).toMatchObject({ kind: 'put', item: { nextAttemptAtMs: NOW + 52_500 } });
    expect(parkWrite(outgoing('b'), NOW, () => 0.33333)).toMatchObject({ item: { nextAttemptAtMs: NOW + 55_000 } });
  });

  it('lies in the order of the attempts, is read consistently, and is gone when it was sent', async () => {
    const table = createMemoryTable();
    const queries: unknown[] = [];
    const watched: Table = {
      ...table,
      query: (query) => {
        queries.push(query);
        return table.query(query);
      },
    };
    await table.commit([parkWrite(outgoing('b'), NOW + 1, never), parkWrite(outgoing('a'), NOW, never)]);
    const [first, second] = await parkedMessages(watched, 10);
    expect([first?.parkedAtMs, second?.parkedAtMs]).toEqual([NOW, NOW + 1]);
    expect(queries).toEqual([{ pk: 'PARKED', limit: 10, consistent: true }]);
    expect(await parkedMessages(table, 1)).toEqual([first]);
    if (first) await table.commit([unparkWrite(first)]);
    expect(await parkedMessages(table, 10)).toEqual([second]);
  });

  it('is not read from a row that names no destination', async () => {
    const table = createMemoryTable();
    await table.commit([{ kind: 'put', item: { pk: 'PARKED', sk: '1', destination: {} } }]);
    await expect(parkedMessages(table, 10)).rejects.toThrow(new Error('a parked row names no destination'));
  });

  it('that cannot be read is kept in full for a person', () => {
    const row = { pk: 'a', sk: 'b', text: 'c' };
    expect(unreadableWrite('0001', row, NOW)).toEqual({
      kind: 'put',
      item: { pk: 'UNREADABLE', sk: '0001', kind: 'unreadable', row, foundAtMs: NOW },
    });
  });
});
