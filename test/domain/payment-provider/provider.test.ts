import { describe, expect, it } from '@jest/globals';
import { createMemoryTable } from '../../../functions/kernel/stores/memory-table.ts';
import { createCharge } from '../../../functions/payment-provider/commands/create-charge.ts';
import { createRefund } from '../../../functions/payment-provider/commands/create-refund.ts';
import { voidCharge } from '../../../functions/payment-provider/commands/void-charge.ts';
import { chargeKey } from '../../../functions/payment-provider/rows/charge-rows.ts';
import { readCharge } from '../../../functions/payment-provider/views/read-charge.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const key = (name: string, fingerprint = 'f') => ({ keyHash: name.padEnd(64, '0'), fingerprint });

const provider = () => {
  const waits: number[] = [];
  const table = createMemoryTable();
  const delay = async (ms: number): Promise<void> => {
    waits.push(ms);
  };
  return { table, delay, waits };
};

const charging = (token: string, name = 'a', fingerprint = 'f') => ({
  ...key(name, fingerprint),
  amount: eur(900),
  token,
});
const charges = (table: ReturnType<typeof createMemoryTable>) => table.items().filter(({ sk }) => sk === 'CHARGE');

describe('a charge', () => {
  it.each(['tok_ok', 'tok_slow', 'tok_lost_reply', 'tok_error_once'])(
    'of %s is captured once, however often it is asked for',
    async (token) => {
      const stand = provider();
      const first = await createCharge(stand, charging(token)).catch(() => undefined);
      const second = await createCharge(stand, charging(token));
      expect(second).toMatchObject({ status: 'captured', amount: eur(900) });
      expect(await createCharge(stand, charging(token))).toEqual(second);
      expect(first ?? second).toEqual(second);
      expect(charges(stand.table)).toHaveLength(1);
    },
  );

  it('of tok_declined is declined, also when asked for again', async () => {
    const stand = provider();
    expect(await createCharge(stand, charging('tok_declined'))).toMatchObject({ status: 'declined' });
    expect(await createCharge(stand, charging('tok_declined'))).toMatchObject({ status: 'declined' });
  });

  it('of tok_slow is answered late once, after it was captured', async () => {
    const stand = provider();
    await createCharge(stand, charging('tok_slow'));
    await createCharge(stand, charging('tok_slow'));
    expect(stand.waits).toEqual([4_000]);
  });

  it('of tok_lost_reply is captured although the first reply fails', async () => {
    const stand = provider();
    await expect(createCharge(stand, charging('tok_lost_reply'))).rejects.toThrow('lose the reply');
    expect(charges(stand.table)).toHaveLength(1);
  });

  it('of tok_error_once is not recorded when it fails', async () => {
    const stand = provider();
    await expect(createCharge(stand, charging('tok_error_once'))).rejects.toThrow('fail once');
    expect(charges(stand.table)).toHaveLength(0);
  });

  it('of a token that was never issued is refused', async () => {
    await expect(createCharge(provider(), charging('tok_made_up'))).rejects.toMatchObject({
      refusal: { code: 'unknown-token' },
    });
  });

  it('of a key that was used for another request is refused', async () => {
    const stand = provider();
    await createCharge(stand, charging('tok_ok'));
    await expect(createCharge(stand, charging('tok_ok', 'a', 'g'))).rejects.toMatchObject({
      refusal: { code: 'idempotency-key-reused' },
    });
  });

  it('asked for ten times at once is captured once', async () => {
    const stand = provider();
    const answers = await Promise.all(Array.from({ length: 10 }, () => createCharge(stand, charging('tok_ok'))));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  });
});

describe('a refund', () => {
  const paid = async () => {
    const stand = provider();
    return { ...stand, charge: await createCharge(stand, charging('tok_ok')) };
  };

  it('is given once per key', async () => {
    const { table, charge } = await paid();
    const request = { ...key('r'), chargeId: charge.id, amount: eur(900) };
    await Promise.all(Array.from({ length: 5 }, () => createRefund(table, request)));
    expect(await readCharge(table, charge.id)).toMatchObject({ refunded: 900 });
  });

  it('never exceeds what is left of the charge', async () => {
    const { table, charge } = await paid();
    await createRefund(table, { ...key('r1'), chargeId: charge.id, amount: eur(600) });
    const over = { ...key('r2'), chargeId: charge.id, amount: eur(301) };
    await expect(createRefund(table, over)).rejects.toMatchObject({ refusal: { code: 'refund-too-large' } });
    await createRefund(table, { ...key('r3'), chargeId: charge.id, amount: eur(300) });
    expect(await readCharge(table, charge.id)).toMatchObject({ refunded: 900 });
  });

  it('of a declined charge or of one that is not there is refused', async () => {
    const stand = provider();
    const declined = await createCharge(stand, charging('tok_declined'));
    await expect(
      createRefund(stand.table, { ...key('r'), chargeId: declined.id, amount: eur(1) }),
    ).rejects.toMatchObject({
      refusal: { outcome: 'unprocessable' },
    });
    await expect(createRefund(stand.table, { ...key('r'), chargeId: 'ch_none', amount: eur(1) })).rejects.toMatchObject(
      {
        refusal: { outcome: 'not_found' },
      },
    );
    expect(await stand.table.get(chargeKey('ch_none'))).toBeUndefined();
  });
});

describe('a void', () => {
  it('makes every later charge under its key a declined one', async () => {
    const stand = provider();
    const voided = await voidCharge(stand.table, { ...key('a'), amount: eur(900) });
    expect(voided).toMatchObject({ status: 'declined' });
    expect(await createCharge(stand, charging('tok_ok'))).toEqual(voided);
    expect(await createCharge(stand, charging('tok_ok', 'a', 'another body'))).toEqual(voided);
  });

  it('gives the charge that was made before, and changes nothing', async () => {
    const stand = provider();
    const made = await createCharge(stand, charging('tok_ok'));
    expect(await voidCharge(stand.table, { ...key('a'), amount: eur(900) })).toEqual(made);
    expect(await createCharge(stand, charging('tok_ok'))).toEqual(made);
  });

  it('and a charge at the same time come to the same end', async () => {
    const stand = provider();
    const ends = await Promise.all([
      createCharge(stand, charging('tok_ok')),
      voidCharge(stand.table, { ...key('a'), amount: eur(900) }),
    ]);
    expect(ends[0]).toEqual(ends[1]);
    expect(charges(stand.table)).toHaveLength(1);
  });
});
