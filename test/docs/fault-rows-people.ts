import {
  ADAPTERS,
  CROWD,
  type FaultRow,
  IDEMPOTENCY,
  LEASES,
  QUEUE,
  SERVICE,
  scenario,
  test,
} from './fault-evidence.ts';

export const CALL_ROWS: readonly FaultRow[] = [
  {
    id: 'F25',
    fault: 'a service is slow',
    holds: 'a caller gives up before its own time ends',
    shownBy: [
      scenario('orders'),
      scenario('call-faults'),
      test('test/infra/budgets.test.ts', 'in %s a function is given more time than it may spend on'),
    ],
    fires: ['late by seconds', 'late: reply'],
  },
  {
    id: 'F26',
    fault: 'a service is away, or half away',
    holds: 'the circuit opens, one probe goes through, the order goes on where it was',
    shownBy: [
      scenario('provider-restart'),
      scenario('provider-away'),
      test('test/domain/kernel/calls/circuit-breaker.test.ts', 'lets exactly one of many callers be the probe'),
      test(SERVICE, 'stops calling after 5 failures in a row, then sends one probe, and recovers with it'),
    ],
    fires: ['provider away for seconds', 'provider away for minutes', 'connection refused'],
  },
  {
    id: 'F27',
    fault: 'a charge is made, and its answer comes when its caller waits no longer',
    holds: 'it is found and given back once, or kept for a confirmed order',
    shownBy: [
      scenario('late-captures'),
      test('test/domain/payments/payment-commands.test.ts', 'keeps nothing when it races with the capture'),
    ],
    fires: ['capture answered too late'],
  },
  {
    id: 'F28',
    fault: 'a refund fails',
    holds: 'asked for again without end; no order is cancelled with money kept',
    shownBy: [
      scenario('refunds-fail'),
      test(
        'test/domain/orders/order-commands.test.ts',
        'asks for the refund again for as long as it takes, and again only with the number that is waited for',
      ),
    ],
    fires: ['refund failed'],
  },
  {
    id: 'F29',
    fault: 'an instance of a service sends no heartbeats',
    holds: 'it is given to no caller; when many fall silent at once, evicting stops for a while',
    shownBy: [
      scenario('registry'),
      test(LEASES, 'is lost after three missed heartbeats, once, and recovers with the next one'),
      test(LEASES, 'takes out none when more than 15 % fell silent at once: the fault is more likely ours'),
    ],
  },
  {
    id: 'F30',
    fault: 'an instance sends heartbeats and fails',
    holds: 'callers turn to another one',
    shownBy: [test(SERVICE, 'turns from an instance that fails to one that does not')],
  },
  {
    id: 'F31',
    fault: 'clocks of functions differ by five minutes',
    holds: 'versions decide, not times',
    shownBy: [
      scenario('skewed-clocks'),
      test(ADAPTERS, 'are in the order in which they were made, even when the clock stands or goes back'),
    ],
    fires: ['a clock that is ahead or behind'],
  },
  {
    id: 'F33',
    fault: 'a hundred requests at once, all environments new',
    holds: 'none is answered with 5xx',
    shownBy: [test(CROWD, 'makes one order of 100 requests at once with one key, and answers none of them with 5xx')],
    fires: ['an environment not used again'],
    onlyAws: 'how long a start takes on AWS',
  },
  {
    id: 'F34',
    fault: 'code meets events of another version',
    holds: 'older ones are read through upcasters, what is unknown stops nothing else',
    shownBy: [
      test('test/domain/stored/corpus.test.ts', 'are read in every form that was stored: %s'),
      test(QUEUE, 'gives back, and counts, what failed because a newer release stored an event'),
    ],
  },
  {
    id: 'F35',
    fault: 'two releases work at the same time',
    holds: 'they decide one order in turn, and each reads what the other wrote or sent',
    shownBy: [
      test('test/domain/stored/two-releases.test.ts', 'decide one order in turn, and read the same from it'),
      test('test/simulation/sabotage/two-releases.test.ts', 'serve in turn, and keep every promise'),
    ],
    onlyAws: 'the shift of traffic itself, and its rollback by an alarm',
  },
];

export const CLIENT_ROWS: readonly FaultRow[] = [
  {
    id: 'F38',
    fault: 'the same key and body again, at once and later',
    holds: 'one order, one answer, for a day',
    shownBy: [
      test(CROWD, 'makes one order of 100 requests at once with one key, and answers none of them with 5xx'),
      test(IDEMPOTENCY, 'replays the first answer, word for word, for a day'),
      scenario('orders'),
    ],
  },
  {
    id: 'F39',
    fault: 'the same key with another body, path or customer',
    holds: '422, or an order of its own',
    shownBy: [
      test(IDEMPOTENCY, 'turns a key down that comes with another request, and keeps callers, methods and paths apart'),
      scenario('shared-key'),
    ],
  },
  {
    id: 'F51',
    fault: 'odd amounts: 0, -1, 1.5, "1", 1e308, 2^53 + 1',
    holds: '422; the total is computed here, in whole cents',
    shownBy: [
      scenario('mistakes'),
      test('test/domain/kernel/values/money.properties.test.ts', 'is multiplied exactly, or not at all'),
      test('test/domain/orders/place-order.test.ts', 'takes prices from the quote and quantities from the order'),
    ],
  },
  {
    id: 'F52',
    fault: 'requests for too much',
    holds: 'limits on pages, lines and bodies; 429 with Retry-After',
    shownBy: [
      scenario('mistakes'),
      test('test/integration/edge/http.test.ts', 'takes a body of exactly the cap'),
      test(
        'packages/local/test/lambda/environment-pool.test.ts',
        'throttles what exceeds the reserved concurrency of a function, waiting requests included',
      ),
    ],
    onlyAws: 'the throttles of a stage under load from many addresses',
  },
  {
    id: 'F53',
    fault: 'a customer is erased with open orders',
    holds: 'the orders end, nothing personal stays',
    shownBy: [
      scenario('erasure'),
      test(
        'test/integration/orders/erasure.test.ts',
        'cancels the open one in its first message, and takes bounded messages for the others',
      ),
    ],
  },
  {
    id: 'F54',
    fault: 'two copies of one timer',
    holds: 'the second changes nothing',
    shownBy: [
      test('test/domain/orders/fulfilment-model.test.ts', 'keeps one timer for a number, whatever is repeated'),
      scenario('duplicates'),
    ],
    fires: ['again: queue'],
  },
];
