import { CALM, type Simulation, startSimulation } from '@archipelago/local/simulation';
import { readTemplates } from '../support/templates.ts';

/** What one order uses of what AWS bills by use, on functions that have run before. */
interface PathCounts {
  /** As DynamoDB bills them: by size, twice in a transaction, and for each index. */
  readonly writeUnits: number;
  readonly readUnits: number;
  /**
   * Of SQS: each command is sent, received and deleted; of events only what fails. Polls that find nothing are in the idle
   * cost.
   */
  readonly queueRequests: number;
  readonly invocations: number;
  /** Lines of functions, of the gateway, and of Lambda itself where it writes some. */
  readonly logBytes: number;
  /** Events that go to the bus. */
  readonly events: number;
  /** Batches of table streams, which cost nothing. */
  readonly streamBatches: number;
}

export interface OrderCounts extends PathCounts {
  /** What the order does to the search for products, which no order waits for; none of it is in the counts above. */
  readonly searchEvents: number;
  readonly searchInvocations: number;
  readonly searchWriteUnits: number;
  readonly searchQueueRequests: number;
}

/** The event that says what is left of a product goes to the search alone. */
const SEARCH_EVENTS = /^StockChanged\./;
const OF_SEARCH = /-search-/;

type Entry = Readonly<Record<string, unknown>>;

const READS = new Set(['GetItem', 'BatchGetItem', 'TransactGetItems', 'Query', 'Scan']);

/** `START`, `END` and `REPORT` with the X-Ray line: what Lambda writes about an invocation where it is not told to be quiet. */
const PLATFORM_BYTES = 67 + 51 + 240;

const sum = (numbers: readonly unknown[]): number => numbers.reduce<number>((total, each) => total + Number(each), 0);

/** Of the default bus, which schedules use: due each minute whether there are orders or not. */
const isOfSchedule = ({ source }: Entry): boolean => String(source).startsWith('events default/');

/** Functions whose log group has no lines of Lambda itself. */
const quietFunctions = async (assembly: string): Promise<ReadonlySet<unknown>> => {
  const resources = [...(await readTemplates(assembly)).values()].flatMap((each) => Object.values(each.Resources));
  const isQuiet = (logging: unknown) => /"SystemLogLevel":"WARN"/.test(JSON.stringify(logging ?? null));
  return new Set(
    resources
      .filter(({ Type, Properties }) => Type === 'AWS::Lambda::Function' && isQuiet(Properties?.LoggingConfig))
      .map(({ Properties }) => Properties?.FunctionName),
  );
};

/** Whether an entry of the journal is about the search: its functions, its queues, or the event for it alone. */
const isOfSearch = ({ functionName, caller, target, detailType }: Entry): boolean =>
  SEARCH_EVENTS.test(String(detailType)) ||
  [functionName, Object(caller).functionName, target].some((name) => OF_SEARCH.test(String(name)));

const countsOf = (of: (kind: string) => readonly Entry[], quiet: ReadonlySet<unknown>): PathCounts => {
  const scheduled = new Set(
    of('invocations')
      .filter(isOfSchedule)
      .map(({ functionName }) => functionName),
  );
  const isOfOrder = ({ functionName }: Entry): boolean => !scheduled.has(functionName);
  const invocations = of('invocations').filter(isOfOrder);
  const from = (prefix: string) => invocations.filter(({ source }) => String(source).startsWith(prefix));
  const calls = of('calls').filter(({ caller }) => isOfOrder(Object(caller)));
  const units = (isWanted: (operation: string) => boolean) =>
    sum(calls.filter(({ operation }) => isWanted(String(operation))).map(({ capacityUnits = 0 }) => capacityUnits));
  const sentByAws = of('deliveries').filter(
    ({ target, outcome, source }) =>
      /:sqs:/.test(String(target)) && outcome === 'sent' && /^(events|lambda) /.test(String(source)),
  );
  const received = from('sqs').length;
  return {
    writeUnits: units((operation) => !READS.has(operation)),
    readUnits: units((operation) => READS.has(operation)),
    queueRequests: calls.filter(({ service }) => service === 'sqs').length + sentByAws.length + 2 * received,
    invocations: invocations.length,
    logBytes:
      sum(
        of('logs')
          .filter(isOfOrder)
          .map(({ bytes, data }) => bytes ?? Buffer.byteLength(JSON.stringify(data))),
      ) +
      PLATFORM_BYTES * invocations.filter(({ functionName }) => !quiet.has(functionName)).length,
    events: of('events').filter(({ source }) => source !== 'aws.events').length,
    streamBatches: from('stream').length,
  };
};

const orderCountsOf = (journal: ReadonlyMap<string, readonly Entry[]>, quiet: ReadonlySet<unknown>): OrderCounts => {
  const all = (kind: string): readonly Entry[] => journal.get(kind) ?? [];
  const search = countsOf((kind) => all(kind).filter(isOfSearch), quiet);
  return {
    ...countsOf((kind) => all(kind).filter((entry) => !isOfSearch(entry)), quiet),
    searchEvents: search.events,
    searchInvocations: search.invocations,
    searchWriteUnits: search.writeUnits,
    searchQueueRequests: search.queueRequests,
  };
};

const medianOf = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** The median of each count: how records of a stream meet in a batch differs from order to order. */
export const typical = (orders: readonly OrderCounts[]): OrderCounts => ({
  writeUnits: medianOf(orders.map(({ writeUnits }) => writeUnits)),
  readUnits: medianOf(orders.map(({ readUnits }) => readUnits)),
  queueRequests: medianOf(orders.map(({ queueRequests }) => queueRequests)),
  invocations: medianOf(orders.map(({ invocations }) => invocations)),
  logBytes: medianOf(orders.map(({ logBytes }) => logBytes)),
  events: medianOf(orders.map(({ events }) => events)),
  streamBatches: medianOf(orders.map(({ streamBatches }) => streamBatches)),
  searchEvents: medianOf(orders.map(({ searchEvents }) => searchEvents)),
  searchInvocations: medianOf(orders.map(({ searchInvocations }) => searchInvocations)),
  searchWriteUnits: medianOf(orders.map(({ searchWriteUnits }) => searchWriteUnits)),
  searchQueueRequests: medianOf(orders.map(({ searchQueueRequests }) => searchQueueRequests)),
});

const clientOf = async (simulation: Simulation, sub: string, groups: readonly string[] = []) => {
  const authorization = `Bearer ${await simulation.token({ sub, groups })}`;
  return (method: string, url: string, body: object, key?: string) =>
    simulation.request({
      method,
      url,
      headers: { authorization, 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) },
      body: JSON.stringify(body),
    });
};

/** Orders that start the functions. */
const WARMING = 8;

/** Longer than the first wait of an order: its timers are over then. */
const AFTERWARDS_MS = 200_000;

/** Plays orders one after another, calmly, and counts the last ones: those before start the functions. */
export const countOrders = async (assemblyFolder: string, orders: number): Promise<readonly OrderCounts[]> => {
  const simulation = await startSimulation({ assemblyFolder, seed: 1, metered: true, disturbance: CALM });
  const journal = new Map<string, Entry[]>();
  simulation.world.journal.subscribe((kind, entry) => {
    journal.set(kind, [...(journal.get(kind) ?? []), entry]);
  });
  try {
    const quiet = await quietFunctions(assemblyFolder);
    const admin = await clientOf(simulation, 'admin', ['admin']);
    const ada = await clientOf(simulation, 'ada');
    await simulation.sleep(60_000);
    await admin('PUT', '/products/pen', { name: 'Pen', price: { amount: 250, currency: 'EUR' } });
    await admin('POST', '/products/pen/stock', { delta: 100 }, 'pens');
    await ada('POST', '/users', { email: 'ada@example.com', name: 'Ada' });
    await simulation.runUntilQuiet({ maxVirtualMs: 60_000 });
    const counted: OrderCounts[] = [];
    for (let number = 0; number < WARMING + orders; number += 1) {
      journal.clear();
      const order = { items: [{ sku: 'pen', quantity: 2 }], paymentToken: 'tok_ok' };
      const { status, body } = await ada('POST', '/orders', order, `order-${number}`);
      if (status !== 202) throw new Error(`POST /orders answered ${status}: ${body}`);
      await simulation.runUntilQuiet({ maxVirtualMs: 60_000 });
      await simulation.sleep(AFTERWARDS_MS);
      if (!(journal.get('events') ?? []).some(({ detailType }) => String(detailType).startsWith('OrderConfirmed')))
        throw new Error('the order is not confirmed');
      if (number >= WARMING) counted.push(orderCountsOf(journal, quiet));
    }
    return counted;
  } finally {
    await simulation.stop();
  }
};
