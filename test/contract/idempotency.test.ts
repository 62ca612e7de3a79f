import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type IdempotentRequest, idempotent, type StoredAnswer } from '../../functions/kernel/stores/idempotency.ts';
import type { Table, Write } from '../../functions/kernel/stores/table.ts';
import { createRecordingRuntime, type RecordingRuntime } from '../support/recording-runtime.ts';
import { type TableProvider, tableProviders } from '../support/tables.ts';

const request: IdempotentRequest = {
  principal: 'ada',
  method: 'POST',
  path: '/orders',
  key: 'k',
  fingerprint: 'f',
  remainingMs: () => 9_000,
};
const answer: StoredAnswer = { status: 202, headers: { location: '/orders/1' }, body: { id: '1' } };
const effect: Write = { kind: 'put', item: { pk: 'effect', sk: 'e' } };

describe.each(tableProviders)('idempotency %s', (_name, start) => {
  let provider: TableProvider;
  let table: Table;
  let runtime: RecordingRuntime;
  let effects: number;
  beforeAll(async () => {
    provider = await start();
  });
  beforeEach(async () => {
    table = await provider.open();
    runtime = createRecordingRuntime();
    effects = 0;
  });
  afterAll(() => provider.close());

  const commit = async (write: Write): Promise<void> => {
    const result = await table.commit([effect, write]);
    if (result.kind === 'refused') throw new Error('the claim was lost');
    effects += 1;
  };
  const deps = () => ({ table, clock: runtime.clock, random: Math.random });
  const place = (more: Partial<IdempotentRequest> = {}, reply = answer) =>
    idempotent(deps(), { ...request, ...more }, async (write) => {
      await commit(write(reply));
      return reply;
    });
  const code = (code: string) => ({ refusal: { code } });

  it('replays the first answer, word for word, for a day', async () => {
    expect(await place()).toEqual(answer);
    runtime.advance(24 * 3_600_000);
    expect(await place({}, { status: 500 })).toEqual(answer);
    expect(effects).toBe(1);
  });

  it('replays the same bytes, whatever the order of members', async () => {
    const body = { id: '1', status: 'PENDING', items: [{ sku: 'tea', quantity: 2 }], b: null, aa: 1.5, a: 'ä' };
    await place({}, { status: 202, body });
    expect(JSON.stringify((await place()).body)).toBe(JSON.stringify(body));
  });

  it('replays an answer whose body was kept as it is', async () => {
    const row = { pk: 'IDEMPOTENCY#ada#POST /orders#k', sk: 'REQUEST', kind: 'idempotency', fingerprint: 'f' };
    const kept = { ...answer, headers: { ...answer.headers } };
    await table.commit([{ kind: 'insert', item: { ...row, version: 8, answer: kept, expiresAt: 2 ** 40 } }]);
    expect(await place({}, { status: 500 })).toEqual(answer);
  });

  it('goes on when only the reply of its claim was lost', async () => {
    let isLosing = true;
    const lossy: Table = {
      ...table,
      commit: async (writes) => {
        const result = await table.commit(writes);
        if (!isLosing) return result;
        isLosing = false;
        throw new Error('the reply was lost');
      },
    };
    const placed = idempotent({ ...deps(), table: lossy }, request, async (write) => {
      await commit(write(answer));
      return answer;
    });
    expect(await placed).toEqual(answer);
    expect(effects).toBe(1);
  });

  it('fails as the table did when its claim was not written', async () => {
    const failing: Table = { ...table, commit: () => Promise.reject(new Error('no table')) };
    await expect(idempotent({ ...deps(), table: failing }, request, async () => answer)).rejects.toThrow('no table');
    expect(await place()).toEqual(answer);
  });

  it('turns a key down that comes with another request, and keeps callers, methods and paths apart', async () => {
    await place();
    await expect(place({ fingerprint: 'other' })).rejects.toMatchObject(code('idempotency-key-reused'));
    await place({ principal: 'bob', fingerprint: 'other' });
    await place({ path: '/orders/1/cancel', fingerprint: 'other' });
    expect(effects).toBe(3);
  });

  it('has one effect for a hundred at once; each is told the answer or that it is in progress', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => place()));
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') expect(outcome.value).toEqual(answer);
      else expect(outcome.reason).toMatchObject(code('request-in-progress'));
    }
    expect(effects).toBe(1);
    expect(await place()).toEqual(answer);
  });

  it('frees the key when the request is refused or fails before its commit', async () => {
    const failing = idempotent(deps(), request, async () => {
      throw new Error('no quote');
    });
    await expect(failing).rejects.toThrow('no quote');
    expect(await place()).toEqual(answer);
  });

  it('answers as committed when only the reply of the commit was lost', async () => {
    const lost = idempotent(deps(), request, async (write) => {
      await commit(write(answer));
      throw new Error('the reply was lost');
    });
    expect(await lost).toEqual(answer);
    expect(effects).toBe(1);
  });

  it('lets a claim be taken over once its function cannot be running any more', async () => {
    await new Promise<void>((claimed, failed) => {
      const hang = (): Promise<StoredAnswer> => {
        claimed();
        return new Promise(() => {});
      };
      idempotent(deps(), request, hang).catch(failed);
    });
    await expect(place()).rejects.toMatchObject(code('request-in-progress'));
    runtime.advance(9_000);
    await expect(place()).rejects.toMatchObject(code('request-in-progress'));
    runtime.advance(1_000);
    expect(await place()).toEqual(answer);
  });

  it('lets a request whose claim was taken over commit nothing, and answers it what the other was answered', async () => {
    const late = idempotent(deps(), request, async (write) => {
      runtime.advance(10_000);
      await place();
      await commit(write({ status: 500 }));
      return { status: 500 };
    });
    expect(await late).toEqual(answer);
    expect(effects).toBe(1);
  });
});
