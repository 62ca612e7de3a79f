import { describe, expect, it } from '@jest/globals';
import { capturePayment } from '../../../functions/payments/commands/capture-payment.ts';
import type { PaymentDeps } from '../../../functions/payments/commands/decide-payment.ts';
import { refundPayment } from '../../../functions/payments/commands/refund-payment.ts';
import { paymentsOf } from '../../../functions/payments/views/payment-view.ts';
import { type Crash, Crashed, createCrasher, details, message, paymentsInMemory, told } from './payments-in-memory.ts';

const capture = message('m1', 'CapturePayment.v1');
const refund = message('m2', 'RefundPayment.v1');
const alice = { sub: 'alice', scopes: [], groups: [], isAdmin: false };

type Payments = PaymentDeps;

const tokenOf = (paymentToken: string) => ({ ...details, paymentToken });
const takes = (payments: Payments, token = 'tok_ok') => capturePayment(payments, capture, tokenOf(token));
const returns = (payments: Payments) => refundPayment(payments, refund, details);

/** The different amounts that were told to be refunded: an answer may come again, and says the same. */
const refundsTold = ({ table }: ReturnType<typeof paymentsInMemory>) => [
  ...new Set(told(table).flatMap(([type, amount]) => (type === 'PaymentRefunded.v1' ? [amount] : []))),
];

describe('capturing a payment', () => {
  it('takes the money and tells of it', async () => {
    const payments = paymentsInMemory();
    await takes(payments);
    expect(payments.ledger).toEqual({ captured: 900, refunded: 0 });
    expect(told(payments.table)).toEqual([['PaymentCaptured.v1', 900]]);
  });

  it('tells when the provider declines', async () => {
    const payments = paymentsInMemory();
    await takes(payments, 'tok_declined');
    expect(told(payments.table)).toEqual([['PaymentDeclined.v1', undefined]]);
  });

  it('charges once and tells the same however often the message comes, also at once', async () => {
    const payments = paymentsInMemory();
    await Promise.all(Array.from({ length: 5 }, () => takes(payments)));
    await takes(payments);
    expect(payments.ledger.captured).toBe(900);
    expect(new Set(told(payments.table).map(String))).toEqual(new Set(['PaymentCaptured.v1,900']));
  });

  it.each([
    ['tok_ok', ['PaymentCaptured.v1', 900]],
    ['tok_declined', ['PaymentDeclined.v1', undefined]],
  ])('tells the outcome of %s every time that it is asked, and charges once', async (token, outcome) => {
    const payments = paymentsInMemory();
    await takes(payments, token);
    await capturePayment(payments, message('m3', 'CapturePayment.v1'), tokenOf(token));
    await takes(payments, token);
    expect(told(payments.table)).toEqual([outcome, outcome, outcome]);
    expect(payments.ledger.captured).toBe(token === 'tok_ok' ? 900 : 0);
  });

  it('is told closed after a refund, and takes nothing', async () => {
    const payments = paymentsInMemory();
    await returns(payments);
    await takes(payments);
    await takes(payments);
    expect(payments.ledger).toEqual({ captured: 0, refunded: 0 });
    expect(told(payments.table)).toEqual([
      ['PaymentRefunded.v1', 0],
      ['PaymentDeclined.v1', undefined],
      ['PaymentDeclined.v1', undefined],
    ]);
  });

  it('keeps the payment token nowhere, not even while the outcome is open', async () => {
    const payments = paymentsInMemory();
    const dying = { ...payments, provider: createCrasher({ call: 1, when: 'after' }).provider(payments.provider) };
    await expect(takes(dying)).rejects.toBeInstanceOf(Crashed);
    expect(payments.table.items()).not.toEqual([]);
    expect(JSON.stringify(payments.table.items())).not.toContain('tok_ok');
    await takes(payments);
    expect(JSON.stringify(payments.table.items())).not.toContain('tok_ok');
  });

  const withoutToken = (payments: Payments, id = 'm1') =>
    capturePayment(payments, message(id, 'CapturePayment.v1'), details);
  const answers = (payments: ReturnType<typeof paymentsInMemory>) =>
    payments.table.sent().map(({ message: { data } }) => data);

  it('is declined when the token is gone and nothing is known of the payment, and says so each time', async () => {
    const payments = paymentsInMemory();
    await withoutToken(payments);
    await withoutToken(payments, 'm3');
    expect(answers(payments)).toMatchObject([1, 2].map(() => ({ reason: 'closed', because: 'token_gone' })));
    expect(payments.ledger.captured).toBe(0);
  });

  it('is answered from what is known when the token is gone', async () => {
    const payments = paymentsInMemory();
    await takes(payments);
    await withoutToken(payments, 'm3');
    expect(told(payments.table).map(([type]) => type)).toEqual(['PaymentCaptured.v1', 'PaymentCaptured.v1']);
  });

  it.each([
    ['after', 900, 'PaymentCaptured.v1'],
    ['before', 0, 'PaymentDeclined.v1'],
  ] as const)(
    'without a token is what the provider says it came to: asked %s the crash',
    async (when, captured, type) => {
      const payments = paymentsInMemory();
      const dying = { ...payments, provider: createCrasher({ call: 1, when }).provider(payments.provider) };
      await expect(takes(dying)).rejects.toBeInstanceOf(Crashed);
      await withoutToken(payments, 'm3');
      expect(payments.ledger.captured).toBe(captured);
      expect(told(payments.table).map(([each]) => each)).toEqual([type]);
    },
  );

  it('settles one that an earlier release began, and its token goes with that', async () => {
    const payments = paymentsInMemory();
    const row = { pk: `PAYMENT#${details.orderId}`, sk: 'PAYMENT', kind: 'capturing', paymentToken: 'tok_old' };
    const { amount, ...ids } = details;
    const item = { ...row, ...ids, amount: amount.amount, currency: amount.currency, version: 1 };
    const started = { ...item, startedAtMs: payments.clock.now() };
    await payments.table.commit([{ kind: 'insert', item: started }]);
    await takes(payments);
    expect(JSON.stringify(payments.table.items())).not.toMatch(/tok_/);
    expect(payments.ledger.captured).toBe(900);
  });
});

describe('refunding a payment', () => {
  it('gives the whole amount back once, also when asked again, and answers each time', async () => {
    const payments = paymentsInMemory();
    await takes(payments);
    await returns(payments);
    await refundPayment(payments, message('m3', 'RefundPayment.v1'), details);
    expect(payments.ledger).toEqual({ captured: 900, refunded: 900 });
    expect(told(payments.table)).toEqual([
      ['PaymentCaptured.v1', 900],
      ['PaymentRefunded.v1', 900],
      ['PaymentRefunded.v1', 900],
    ]);
  });

  it('answers every time when nothing was captured', async () => {
    const payments = paymentsInMemory();
    await returns(payments);
    await returns(payments);
    await refundPayment(payments, message('m3', 'RefundPayment.v1'), details);
    expect(told(payments.table)).toEqual(Array(3).fill(['PaymentRefunded.v1', 0]));
  });

  it('is what a capture is told that comes again afterwards, and not that it was declined', async () => {
    const payments = paymentsInMemory();
    await takes(payments);
    await returns(payments);
    await takes(payments);
    expect(told(payments.table)).toEqual([
      ['PaymentCaptured.v1', 900],
      ['PaymentRefunded.v1', 900],
      ['PaymentRefunded.v1', 900],
    ]);
  });

  it('answers 0 after a decline', async () => {
    const payments = paymentsInMemory();
    await takes(payments, 'tok_declined');
    await returns(payments);
    expect(told(payments.table).at(-1)).toEqual(['PaymentRefunded.v1', 0]);
  });

  it('gives back what a capture took whose outcome nobody has heard', async () => {
    const payments = paymentsInMemory();
    const dying = { ...payments, provider: createCrasher({ call: 1, when: 'after' }).provider(payments.provider) };
    await expect(capturePayment(dying, capture, tokenOf('tok_ok'))).rejects.toBeInstanceOf(Crashed);
    await returns(payments);
    await takes(payments);
    expect(payments.ledger).toEqual({ captured: 900, refunded: 900 });
    expect(told(payments.table)).toContainEqual(['PaymentRefunded.v1', 900]);
  });

  it('charges nothing when the capture never reached the provider, not even when it is repeated later', async () => {
    const payments = paymentsInMemory();
    const dying = { ...payments, provider: createCrasher({ call: 1, when: 'before' }).provider(payments.provider) };
    await expect(capturePayment(dying, capture, tokenOf('tok_ok'))).rejects.toBeInstanceOf(Crashed);
    await returns(payments);
    await takes(payments);
    expect(payments.ledger).toEqual({ captured: 0, refunded: 0 });
    expect(refundsTold(payments)).toEqual([0]);
  });

  it('is not charged under a key that the provider has forgotten', async () => {
    const payments = paymentsInMemory();
    const dying = { ...payments, provider: createCrasher({ call: 1, when: 'after' }).provider(payments.provider) };
    await expect(capturePayment(dying, capture, tokenOf('tok_ok'))).rejects.toBeInstanceOf(Crashed);
    const refuses = { ...payments.provider, charge: () => Promise.reject(new Error('charged a second time')) };
    const dayLater = { now: () => payments.clock.now() + 24 * 60 * 60 * 1000 };
    await takes({ ...payments, provider: refuses, clock: dayLater });
    expect(payments.ledger.captured).toBe(900);
    expect(told(payments.table)).toEqual([['PaymentCaptured.v1', 900]]);
  });

  it('answers 0 when such a capture turns out to be declined', async () => {
    const payments = paymentsInMemory();
    const dying = { ...payments, provider: createCrasher({ call: 1, when: 'after' }).provider(payments.provider) };
    await expect(capturePayment(dying, capture, tokenOf('tok_declined'))).rejects.toBeInstanceOf(Crashed);
    await returns(payments);
    await takes(payments, 'tok_declined');
    expect(payments.ledger).toEqual({ captured: 0, refunded: 0 });
    expect(refundsTold(payments)).toEqual([0]);
  });

  it('keeps nothing when it races with the capture', async () => {
    const payments = paymentsInMemory();
    await Promise.all([takes(payments), returns(payments), takes(payments), returns(payments)]);
    await Promise.all([takes(payments), returns(payments)]);
    expect(payments.ledger.captured - payments.ledger.refunded).toBe(0);
    expect(refundsTold(payments)).toHaveLength(1);
  });
});

describe('a crash at any call', () => {
  /** The golden run makes fewer calls than this; later positions crash nothing. */
  const crashes: readonly Crash[] = Array.from({ length: 14 }, (_, index) => index + 1).flatMap((call) => [
    { call, when: 'before' },
    { call, when: 'after' },
  ]);

  it.each(crashes)('leaves no money kept and tells one amount: call $call, $when', async (crash) => {
    const payments = paymentsInMemory();
    const crasher = createCrasher(crash);
    const dying = { ...payments, table: crasher.table(payments.table), provider: crasher.provider(payments.provider) };
    const tolerate = (thrown: unknown) => {
      if (!(thrown instanceof Crashed)) throw thrown;
    };
    await capturePayment(dying, capture, tokenOf('tok_ok')).catch(tolerate);
    await refundPayment(dying, refund, details).catch(tolerate);
    await takes(payments);
    await returns(payments);
    expect(payments.ledger.captured).toBe(payments.ledger.refunded);
    expect(refundsTold(payments)).toEqual([payments.ledger.refunded]);
  });

  it('is tried beyond the last call', async () => {
    const payments = paymentsInMemory();
    const crasher = createCrasher({ call: 0, when: 'before' });
    const counted = {
      ...payments,
      table: crasher.table(payments.table),
      provider: crasher.provider(payments.provider),
    };
    await takes(counted);
    await returns(counted);
    expect(crasher.calls()).toBeGreaterThan(5);
    expect(crasher.calls()).toBeLessThan(crashes.length / 2);
  });
});

describe('the payments of an order', () => {
  it('are shown to its customer and to an administrator alone', async () => {
    const payments = paymentsInMemory();
    await takes(payments);
    const shown = [
      { orderId: details.orderId, status: 'CAPTURED', amount: details.amount, captured: 900, refunded: 0 },
    ];
    expect(await paymentsOf(payments.table, alice, details.orderId)).toEqual(shown);
    expect(await paymentsOf(payments.table, { ...alice, sub: 'root', isAdmin: true }, details.orderId)).toEqual(shown);
    expect(await paymentsOf(payments.table, { ...alice, sub: 'mallory' }, details.orderId)).toEqual([]);
  });
});
