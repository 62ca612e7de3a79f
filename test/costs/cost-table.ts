import type { OrderCounts } from './count-order.ts';

export const COSTS_PAGE = 'docs/costs.md';

/** USD for a million, list prices of us-east-1. */
const PRICES = { writes: 0.625, reads: 0.125, queueRequests: 0.4, invocations: 0.2, events: 1, routeCalls: 1 };
const USD_PER_GB_OF_LOGS = 0.5;
/** USD for a million GB-seconds, arm64. */
const GB_SECONDS = 13.33;
const SECONDS = 0.05;
const GB = 0.5;

/** With the time that it takes. */
const INVOCATION = PRICES.invocations + SECONDS * GB * GB_SECONDS;

const usd = (amount: number): string => amount.toFixed(2);

const rowsOf = (counts: OrderCounts): readonly (readonly [item: string, arithmetic: string, amount: number])[] => {
  const { writeUnits, readUnits, queueRequests, invocations, events, logBytes } = counts;
  const { searchEvents, searchInvocations, searchWriteUnits, searchQueueRequests } = counts;
  const kilobytes = logBytes / 1000;
  return [
    ['DynamoDB writes', `${writeUnits} units × ${PRICES.writes}`, writeUnits * PRICES.writes],
    ['DynamoDB reads', `${readUnits} units × ${PRICES.reads}`, readUnits * PRICES.reads],
    ['SQS', `${queueRequests} requests × ${usd(PRICES.queueRequests)}`, queueRequests * PRICES.queueRequests],
    [
      'Lambda',
      `${invocations} invocations × ${usd(PRICES.invocations)}, and ${invocations} × 50 ms × ${GB} GB × ${GB_SECONDS} per million GB-s`,
      invocations * INVOCATION,
    ],
    ['EventBridge', `${events} events × ${usd(PRICES.events)}`, events * PRICES.events],
    ['logs', `${kilobytes} KB × ${usd(USD_PER_GB_OF_LOGS)} per GB`, kilobytes * USD_PER_GB_OF_LOGS],
    [
      'the search, which no order waits for',
      `${searchEvents} events × ${usd(PRICES.events)}, ${searchInvocations} invocations × ${usd(INVOCATION)}, ${searchWriteUnits} units × ${PRICES.writes}, ${searchQueueRequests} requests × ${usd(PRICES.queueRequests)}`,
      searchEvents * PRICES.events +
        searchInvocations * INVOCATION +
        searchWriteUnits * PRICES.writes +
        searchQueueRequests * PRICES.queueRequests,
    ],
    ['API Gateway', '1 request × 1.00, and 1.00 for every later GET', PRICES.routeCalls],
  ];
};

/** What a million orders cost. */
export const totalOf = (counts: OrderCounts): number => rowsOf(counts).reduce((sum, [, , amount]) => sum + amount, 0);

/** The table of docs/costs.md. */
const costTable = (counts: OrderCounts): string =>
  [
    '| a million orders | arithmetic | USD |',
    '| --- | --- | --- |',
    ...rowsOf(counts).map(([item, arithmetic, amount]) => `| ${item} | ${arithmetic} | ${usd(amount)} |`),
    `| **together** | | **about ${Math.round(totalOf(counts))}** |`,
  ].join('\n');

const TABLE = /\| a million orders .*?\*\*about \d+\*\* \|/s;

/** The page with the table that follows from these counts. */
export const withTable = (page: string, counts: OrderCounts): string => page.replace(TABLE, costTable(counts));
