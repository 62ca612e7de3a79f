import { describe, expect, it } from '@jest/globals';
import {
  type IdempotentRequest,
  idempotent,
  type StoredAnswer,
} from '../../../../functions/kernel/stores/idempotency.ts';
import { createMemoryTable } from '../../../../functions/kernel/stores/memory-table.ts';
import type { Item, Table, Write } from '../../../../functions/kernel/stores/table.ts';

const START = 1_767_225_600;
const request: IdempotentRequest = {
  principal: 'ada',
  method: 'POST',
  path: '/orders',
  key: 'k',
  fingerprint: 'f',
  remainingMs: () => 8_500,
};
const key = { pk: 'IDEMPOTENCY#ada#POST /orders#k', sk: 'REQUEST' };
const row = { ...key, kind: 'idempotency', fingerprint: 'f' };
const inProgress = {
  outcome: 'in_progress',
  code: 'request-in-progress',
  detail: 'A request with this Idempotency-Key is still being worked on.',
  retryAfterSeconds: 1,
};

const opened = (more: Partial<Table> = {}) => {
  const table = createMemoryTable();
  const clock = { now: () => START * 1000 };
  const run = (answer: StoredAnswer, work: (write: Write) => Promise<void> | void = () => {}, random = 0.5) =>
    idempotent({ table: { ...table, ...more }, clock, random: () => random }, request, async (write) => {
      await work(write(answer));
      return answer;
    });
  return { table, run };
};

const kept = (table: Table): Promise<Item | undefined> => table.get(key, { consistent: true });

describe('the row of an idempotency key', () => {
  it.each([
    [0, 1],
    [0.5, 4_503_599_627_370_496],
  ])('is a claim with a number of its own while the request runs: %d', async (random, version) => {
    const { table, run } = opened();
    await run(
      { status: 202 },
      async () => {
        expect(await kept(table)).toEqual({ ...row, version, expiresAt: START + 10 });
      },
      random,
    );
  });

  it('becomes the answer with the effect of the request', async () => {
    const writes: Write[] = [];
    const { run } = opened();
    await run({ status: 202, headers: { etag: '"1"' }, body: { id: '1' } }, (write) => void writes.push(write));
    await run({ status: 204 }, (write) => void writes.push(write)).catch(() => {});
    expect(writes[0]).toStrictEqual({
      kind: 'put',
      item: {
        ...row,
        version: 0,
        answer: { status: 202, headers: { etag: '"1"' }, text: '{"id":"1"}' },
        expiresAt: START + 25 * 60 * 60,
      },
      expectedVersion: 4_503_599_627_370_496,
    });
  });

  it('has no text for an answer without a body', async () => {
    const writes: Write[] = [];
    await opened().run({ status: 204 }, (write) => void writes.push(write));
    const [write] = writes;
    expect(write?.kind === 'put' && write.item.answer).toStrictEqual({ status: 204, headers: {} });
  });

  it('is free at once when the request fails', async () => {
    const { table, run } = opened();
    const failing = run({ status: 202 }, () => {
      throw new Error('no quote');
    });
    await expect(failing).rejects.toThrow('no quote');
    expect(await kept(table)).toEqual({ ...row, version: 0, expiresAt: START });
  });

  it('says what is wrong with the request', async () => {
    const { table, run } = opened();
    await table.commit([
      {
        kind: 'insert',
        item: { ...row, fingerprint: 'other', version: 0, answer: { status: 202 }, expiresAt: 2 ** 40 },
      },
    ]);
    await expect(run({ status: 202 })).rejects.toMatchObject({
      refusal: {
        outcome: 'unprocessable',
        code: 'idempotency-key-reused',
        detail: 'This Idempotency-Key was used with another request.',
      },
    });
  });
});

describe('a key that another request has', () => {
  it.each<[string, Item | undefined]>([
    ['is gone by the time that it is read', undefined],
    ['has expired by then', { ...row, version: 0, answer: { status: 202 }, expiresAt: START }],
    ['has no answer yet', { ...row, version: 8, expiresAt: 2 ** 40 }],
    ['has something that is no answer', { ...row, version: 8, answer: { text: '1' }, expiresAt: 2 ** 40 }],
    ['has a text in place of an answer', { ...row, version: 8, answer: 'text', expiresAt: 2 ** 40 }],
  ])('and %s is in progress', async (_which, found) => {
    const { run } = opened({ commit: async () => ({ kind: 'refused', refused: [0] }), get: async () => found });
    await expect(run({ status: 500 })).rejects.toMatchObject({ refusal: inProgress });
  });

  it('is read consistently', async () => {
    const reads: unknown[] = [];
    const { run } = opened({
      commit: async () => ({ kind: 'refused', refused: [0] }),
      get: async (...read) => void reads.push(read),
    });
    await run({ status: 500 }).catch(() => {});
    expect(reads).toEqual([[key, { consistent: true }]]);
  });
});

describe('a request whose table fails', () => {
  const failing = () => Promise.reject(new Error('no commit'));

  it('fails as its claim did, also when nothing can be read', async () => {
    const { run } = opened({ commit: failing, get: () => Promise.reject(new Error('no read')) });
    await expect(run({ status: 202 })).rejects.toThrow('no commit');
  });

  it('fails as its claim did when it finds the claim of another', async () => {
    const { run } = opened({ commit: failing, get: async () => ({ ...row, version: 8, expiresAt: 2 ** 40 }) });
    await expect(run({ status: 202 })).rejects.toThrow('no commit');
  });

  it('fails as its work did when the claim cannot be freed, or was taken over and is not answered', async () => {
    for (const free of [failing, async () => ({ kind: 'refused', refused: [0] }) as const]) {
      const { table } = opened();
      let commits = 0;
      const reads: unknown[] = [];
      const { run } = opened({
        commit: async (writes) => {
          commits += 1;
          return commits === 1 ? await table.commit(writes) : await free();
        },
        get: async (...read) => {
          reads.push(read);
          return { ...row, version: 8, expiresAt: 2 ** 40 };
        },
      });
      const work = run({ status: 202 }, () => {
        throw new Error('no quote');
      });
      await expect(work).rejects.toThrow('no quote');
      expect(reads).toEqual(free === failing ? [] : [[key, { consistent: true }]]);
    }
  });
});
