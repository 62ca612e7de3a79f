import { ADAPTERS, crashes, type FaultRow, RELAY, scenario, test } from './fault-evidence.ts';

export const DATABASE_ROWS: readonly FaultRow[] = [
  {
    id: 'F13',
    fault: 'DynamoDB throttles',
    holds: 'tried again with growing pauses, then 503 with Retry-After, or the message comes back',
    shownBy: [
      scenario('call-faults'),
      crashes('forever'),
      test(ADAPTERS, 'gives up after four conflicts as contended, after four throttles as unavailable'),
    ],
    fires: ['throttled'],
    onlyAws: 'when a table is throttled: its partitions and its capacity',
  },
  {
    id: 'F14',
    fault: 'transactions meet on one item',
    holds: 'tried again; with a reason that lasts, not',
    shownBy: [
      scenario('contended'),
      test(ADAPTERS, 'repeats a transaction in conflict, with a new token, until it is through'),
      test(ADAPTERS, 'does not repeat when any reason is not transient'),
    ],
    fires: ['transaction conflict', 'transactions met'],
  },
  {
    id: 'F15',
    fault: 'a condition fails, because another was faster',
    holds: 'read and decided again, or 412',
    shownBy: [
      test(
        'test/contract/command-handler.test.ts',
        'is decided again while others are faster, and given up as contended after eight attempts',
      ),
      test(
        'test/integration/adapters/plain-writes.test.ts',
        'is unknown, and never refused, when the reply was lost and another has replaced the row since',
      ),
    ],
  },
  {
    id: 'F16',
    fault: 'a commit whose outcome is unknown',
    holds: 'never taken for a refusal',
    shownBy: [test(ADAPTERS, 'never calls an unknown outcome a refusal'), scenario('call-faults')],
    fires: ['reply lost', 'done, never answered'],
  },
  {
    id: 'F17',
    fault: 'many writers of one order',
    holds: 'no update is lost, no version has a gap',
    shownBy: [
      test('test/contract/event-store.test.ts', 'takes concurrent appends: each version once, no gap'),
      test('test/contract/command-handler.test.ts', 'loses no update of many parallel writers'),
      scenario('cancels'),
    ],
  },
  {
    id: 'F18',
    fault: 'a page that is cut at 1 MB, more than 100 writes',
    holds: 'read to the end; too many are refused before',
    shownBy: [
      test(
        'test/integration/adapters/reads.test.ts',
        'goes on after a page that was cut before its limit, also after an empty one',
      ),
      test(
        'test/contract/table.test.ts',
        'takes a hundred writes, and throws for more, for none, and for two on one key',
      ),
    ],
  },
  {
    id: 'F32',
    fault: 'expired rows are deleted late',
    holds: 'readers look at the time themselves',
    shownBy: [
      test('test/contract/table.test.ts', 'inserts over what has expired by the given second, and over nothing else'),
      test(RELAY, 'sends inserted outbox rows, and nothing else that the table does'),
    ],
    onlyAws: 'that it takes up to days',
  },
  {
    id: 'F36',
    fault: 'an index or a list is behind',
    holds: 'one item is read from its stream; a list catches up',
    shownBy: [
      scenario('orders'),
      test(
        'test/domain/orders/orders-projection.test.ts',
        'are what a fold of the stream gives, however often and late they are told',
      ),
    ],
    fires: ['late: stream'],
    onlyAws: 'that an index is behind its table; the local one never is',
  },
  {
    id: 'F37',
    fault: 'a thousand orders of one product',
    holds: 'it goes on being sold, and never twice',
    shownBy: [
      test('test/integration/catalog/hot-product.test.ts', 'goes on being sold while 1,000 want it'),
      scenario('hot-product'),
      scenario('contended'),
    ],
    fires: ['transactions met'],
    onlyAws: 'the 1,000 writes a second of one partition',
  },
];
