/** What is mutated together, and the tests that must notice it. */
export interface MutatedRoom {
  readonly name: string;
  /** Globs, as in Stryker's `mutate`. */
  readonly files: readonly string[];
  /** Fast ones alone: they run once for each mutant. */
  readonly tests: readonly string[];
  /** The least share of mutants found, in percent; equivalent ones do not count. */
  readonly bar: number;
}

const UNKNOWN = 'test/domain/kernel/unknown.test.ts';

const domain = (service: string): MutatedRoom => ({
  name: `${service}/domain`,
  files: [`functions/${service}/domain/*.ts`],
  tests: [`test/domain/${service}/*.test.ts`, UNKNOWN],
  bar: 90,
});

const kernel = (folder: string): MutatedRoom => ({
  name: `kernel/${folder}`,
  files: [`functions/kernel/${folder}/*.ts`],
  tests: ['test/domain/kernel/**/*.test.ts'],
  bar: 90,
});

const STORES = 'functions/kernel/stores';

export const rooms: readonly MutatedRoom[] = [
  {
    name: 'saga',
    files: ['functions/orders/sagas/*.ts'],
    tests: ['test/domain/orders/{fulfilment,fulfilment-steps,fulfilment.properties,report-of}.test.ts', UNKNOWN],
    bar: 100,
  },
  {
    name: 'idempotency',
    files: [`${STORES}/idempotency.ts`, 'functions/kernel/values/canonical-json.ts'],
    tests: ['test/contract/idempotency.test.ts', 'test/domain/kernel/fingerprint.properties.test.ts'],
    bar: 100,
  },
  {
    name: 'money',
    files: ['functions/kernel/values/money.ts', 'functions/orders/domain/order-lines.ts'],
    tests: [
      'test/domain/kernel/money*.test.ts',
      'test/domain/orders/{order-lines,place-order,order-commands}*.test.ts',
    ],
    bar: 100,
  },
  {
    ...domain('orders'),
    files: ['functions/orders/domain/*.ts', '!functions/orders/domain/order-lines.ts'],
    tests: ['test/domain/orders/{fulfilment,fulfilment-steps,fulfilment.properties}.test.ts', UNKNOWN],
  },
  domain('catalog'),
  domain('users'),
  domain('registry'),
  domain('payments'),
  domain('gateway'),
  domain('notifications'),
  { ...domain('payment-provider'), tests: ['test/domain/payment-provider/*.test.ts'] },
  {
    name: 'payments',
    files: ['functions/payments/{commands,provider,rows,views}/*.ts'],
    tests: ['test/domain/payments/*.test.ts'],
    bar: 90,
  },
  {
    ...kernel('values'),
    files: ['functions/kernel/values/*.ts', '!functions/kernel/values/{money,canonical-json}.ts'],
  },
  kernel('calls'),
  kernel('messages'),
  kernel('ports'),
  {
    name: 'kernel/stores',
    files: [`${STORES}/*.ts`, `!${STORES}/idempotency.ts`],
    tests: ['test/contract/{command-handler,event-store,table}*.test.ts', 'test/domain/kernel/**/*.test.ts'],
    bar: 90,
  },
];
