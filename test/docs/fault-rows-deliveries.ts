import { ADAPTERS, crashes, type FaultRow, IDEMPOTENCY, RELAY, scenario, test } from './fault-evidence.ts';

export const CRASH_ROWS: readonly FaultRow[] = [
  {
    id: 'F01',
    fault: 'a function ends before a call',
    holds: 'the client asks again with its key: one order, and it ends',
    shownBy: [crashes('killed'), scenario('call-faults')],
    fires: ['killed before a call'],
  },
  {
    id: 'F02',
    fault: 'a function ends after a call, before its reply',
    holds: 'what was committed counts, once',
    shownBy: [
      crashes('killed'),
      scenario('call-faults'),
      test(IDEMPOTENCY, 'answers as committed when only the reply of the commit was lost'),
    ],
    fires: ['killed after a call', 'reply lost'],
  },
  {
    id: 'F03',
    fault: 'the relay ends between commit and sending',
    holds: 'the message is sent, with the same id however often',
    shownBy: [
      crashes('killed'),
      test(
        'test/integration/edge/derived-messages.test.ts',
        'gives the same ids however often it is read, and others for any other row, version or place',
      ),
    ],
    fires: ['killed before a call', 'killed after a call'],
  },
  {
    id: 'F04',
    fault: 'a function times out with work unfinished',
    holds: 'its claim on a key is free when it cannot be running any more',
    shownBy: [
      scenario('call-faults'),
      crashes('once'),
      test(IDEMPOTENCY, 'lets a claim be taken over once its function cannot be running any more'),
    ],
    fires: ['never answered', 'done, never answered'],
  },
  {
    id: 'F05',
    fault: 'an environment is frozen and used again minutes later',
    holds: 'nothing runs behind an answer; a promise that nothing awaits is refused by `npm run lint`',
    shownBy: [
      scenario('ten-hours'),
      test(
        'packages/local/test/simulation/simulated-environment.test.ts',
        'is frozen after its answer: what comes meanwhile is there at the next invocation',
      ),
    ],
    fires: ['an environment used again after minutes'],
  },
  {
    id: 'F06',
    fault: 'one environment serves several customers',
    holds: 'an order of another looks like one that does not exist',
    shownBy: [scenario('orders'), scenario('shared-key')],
  },
];

export const DELIVERY_ROWS: readonly FaultRow[] = [
  {
    id: 'F07',
    fault: 'a message, event or batch is delivered twice, or days later',
    holds: 'one effect',
    shownBy: [
      scenario('duplicates'),
      test(
        'packages/local/test/simulation/subscription.test.ts',
        'loses no event whose function fails, ends or hangs, and hands some over twice',
      ),
      test('test/domain/orders/order-commands.test.ts', 'acts once on a message that is delivered many times at once'),
      test(
        'test/domain/notifications/notify.test.ts',
        'is sent and recorded once for an order and kind, however often its message comes',
      ),
    ],
    fires: ['again: delivery', 'again: event', 'again: stream'],
  },
  {
    id: 'F08',
    fault: 'messages overtake one another',
    holds: 'every order of arrival ends the same',
    shownBy: [
      test('test/domain/orders/fulfilment-permutations.test.ts', 'ends equal in all 720 orders of arrival'),
      scenario('orders'),
    ],
    fires: ['overtaken: delivery', 'late: delivery', 'late: stream'],
  },
  {
    id: 'F09',
    fault: 'a second copy while the first is worked on',
    holds: 'one of the two has an effect',
    shownBy: [
      scenario('duplicates'),
      test(
        'test/domain/payments/payment-commands.test.ts',
        'charges once and tells the same however often the message comes, also at once',
      ),
    ],
    fires: ['again: queue'],
  },
  {
    id: 'F10',
    fault: 'a message that cannot be read, in a queue',
    holds: 'it is a dead letter at once, and holds up nothing',
    shownBy: [scenario('poison'), test('test/e2e/e2e.test.ts', 'is a dead letter at once, with what was wrong')],
  },
  {
    id: 'F11',
    fault: 'a row that cannot be read, in a stream',
    holds: 'it is put aside whole, and stops no other',
    shownBy: [test(RELAY, 'puts a row that cannot be read aside, whole, and goes on')],
  },
  {
    id: 'F12',
    fault: 'a stream stands still for more than 24 hours',
    holds: 'what cannot be sent is parked, and sent after any outage; what a relay never saw is sent from its table',
    shownBy: [
      test(RELAY, 'parks what was not sent and sends everything else, also of the same aggregate'),
      test(RELAY, 'is sent after any outage, in pauses that grow to a quarter of an hour'),
      test(
        'test/integration/edge/catch-up.test.ts',
        'is sent from the table, page by page, with the ids and the content that the relay gives it',
      ),
      test(
        'test/simulation/relays-away/relays-away.test.ts',
        'loses and doubles nothing when the tables are caught up with: each message has the id that it had (seed %d)',
      ),
    ],
  },
  {
    id: 'F19',
    fault: 'of a batch of events or messages a part fails',
    holds: 'only that part is sent again, and nothing is lost',
    shownBy: [scenario('partial-batches'), test(ADAPTERS, 'sends again only the entries that were turned down')],
    fires: ['partial PutEvents'],
  },
  {
    id: 'F20',
    fault: 'events are throttled, the bus is away, an event is too big',
    holds: 'they are parked; what is too big is refused when it is recorded',
    shownBy: [
      test(RELAY, 'parks events when the bus cannot be reached, and sends commands'),
      test('test/domain/kernel/messages/recording.test.ts', 'takes detail of 64 KB in UTF-8 and not a byte more'),
      scenario('call-faults'),
    ],
    fires: ['throttled'],
  },
  {
    id: 'F21',
    fault: 'the target of a rule is away for longer than EventBridge tries',
    holds: 'the event is a dead letter, and can be sent back to its target',
    shownBy: [
      test(
        'packages/local/test/events/delivery.test.ts',
        'loses the event to the dead-letter queue when attempts run out',
      ),
      test(
        'packages/local/test/runtime/dead-letters.test.ts',
        'are shown without being received, and sent back to where they were meant for',
      ),
    ],
    onlyAws: 'that EventBridge stops after 24 hours or 185 tries',
  },
  {
    id: 'F22',
    fault: 'many redeliveries of what is only unavailable',
    holds: 'messages back off, and none becomes a dead letter',
    shownBy: [
      scenario('provider-away-hours'),
      test('test/domain/kernel/messages/queues.test.ts', 'is hidden twice as long each time, up to 15 minutes'),
    ],
    fires: ['provider away for hours'],
    onlyAws: 'how fast a mapping scales its pollers up and down',
  },
  {
    id: 'F23',
    fault: 'dead letters are sent back, twice',
    holds: 'the second time changes nothing',
    shownBy: [
      test('packages/local/test/sqs/queues.test.ts', 'take dead letters back as new messages'),
      test(
        'test/domain/payments/payment-commands.test.ts',
        'tells the outcome of %s every time that it is asked, and charges once',
      ),
      scenario('duplicates'),
    ],
  },
  {
    id: 'F24',
    fault: 'the archive is replayed while the system works',
    holds: 'no row, mail or charge changes',
    shownBy: [
      test(
        'packages/local/test/events/archive.test.ts',
        'delivers the archived events again under its name, and archives nothing twice',
      ),
      scenario('replay'),
    ],
    fires: ['again: replay'],
  },
];
