import { existsSync, readdirSync } from 'node:fs';

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

/** Properties are left out where the other tests find as much: loading their library is most of what a mutant costs. */
const UNIT = '!(*.properties).test.ts';

const domain = (service: string): MutatedRoom => ({
  name: `${service}/domain`,
  files: [`functions/${service}/domain/*.ts`],
  tests: [`test/domain/${service}/${UNIT}`],
  bar: 90,
});

const kernel = (folder: string): MutatedRoom => ({
  name: `kernel/${folder}`,
  files: [`functions/kernel/${folder}/*.ts`],
  tests: [`test/domain/kernel/${folder}/${UNIT}`],
  bar: 90,
});

const STORES = 'functions/kernel/stores';
const STORES_TESTS = 'test/domain/kernel/stores';

const chosen: readonly MutatedRoom[] = [
  {
    name: 'saga',
    files: ['functions/orders/sagas/*.ts'],
    tests: ['test/domain/orders/{fulfilment,fulfilment-steps,report-of}.test.ts'],
    bar: 100,
  },
  {
    name: 'idempotency',
    files: [`${STORES}/idempotency.ts`, 'functions/kernel/values/canonical-json.ts'],
    tests: [
      'test/contract/idempotency.test.ts',
      `${STORES_TESTS}/idempotency.test.ts`,
      'test/domain/kernel/values/canonical-json.test.ts',
    ],
    bar: 100,
  },
  {
    name: 'money',
    files: ['functions/kernel/values/money.ts', 'functions/orders/domain/order-lines.ts'],
    tests: ['test/domain/kernel/values/money.properties.test.ts', 'test/domain/orders/order-lines.test.ts'],
    bar: 100,
  },
  {
    ...domain('orders'),
    files: ['functions/orders/domain/*.ts', '!functions/orders/domain/order-lines.ts'],
    tests: ['test/domain/orders/{fulfilment,fulfilment-steps,open-waits}.test.ts'],
  },
  { ...domain('registry'), tests: ['test/domain/registry/lease.test.ts'] },
  { ...domain('payments'), tests: ['test/domain/payments/payment-decider.test.ts'] },
  { ...domain('gateway'), tests: ['test/domain/gateway/unrouted.test.ts'] },
  { ...domain('notifications'), tests: ['test/domain/notifications/compose.test.ts'] },
  { ...domain('payment-provider'), tests: ['test/domain/payment-provider/charge.test.ts'] },
  {
    name: 'payments',
    files: ['functions/payments/{commands,provider,rows,views}/*.ts'],
    tests: [`test/domain/payments/${UNIT}`],
    bar: 90,
  },
  {
    name: 'kernel/shape',
    files: ['functions/kernel/values/shape.ts'],
    tests: ['test/domain/kernel/values/shape.test.ts'],
    bar: 90,
  },
  {
    ...kernel('values'),
    files: ['functions/kernel/values/*.ts', '!functions/kernel/values/{money,canonical-json,shape}.ts'],
  },
  kernel('calls'),
  kernel('messages'),
  kernel('ports'),
  {
    name: 'kernel/streams',
    files: [`${STORES}/{aggregate,command-handler,decider,event-store,scan,state-store,stored-events,stream}.ts`],
    tests: ['test/contract/{command-handler,event-store,scan}.test.ts', `${STORES_TESTS}/stored-events.test.ts`],
    bar: 90,
  },
  {
    name: 'kernel/table',
    files: [`${STORES}/{attribute-value,group-commit,in-lots,memory-table,table}.ts`],
    tests: ['test/contract/table.test.ts', `${STORES_TESTS}/group-commit.test.ts`],
    bar: 90,
  },
  {
    name: 'kernel/outbox',
    files: [`${STORES}/{derived-messages,outbox,parking}.ts`],
    tests: [`${STORES_TESTS}/{outbox,parking}.test.ts`],
    bar: 90,
  },
];

const isChosen = (service: string): boolean => chosen.some(({ name }) => name === `${service}/domain`);

/** Domains that need no choice of tests: all of theirs are fast. */
const others = readdirSync('functions')
  .filter((service) => existsSync(`functions/${service}/domain`) && !isChosen(service))
  .map(domain);

export const rooms: readonly MutatedRoom[] = [...chosen, ...others];
