import type { FunctionCall, InProcessAnswer, Simulation } from '@archipelago/local/simulation';
import { targetOf } from '../faults.ts';
import type { StockMoment } from '../history.ts';

const WRITE = /^DynamoDB_20120810\.(TransactWriteItems|PutItem|UpdateItem|DeleteItem)$/;
const OF_CATALOG = /^(.*-catalog)-/;

/** Looks at the stock after each commit of the catalog, before anything else happens. */
export interface StockWatch {
  readonly onAnswer: (call: FunctionCall, answer: InProcessAnswer) => void;
  readonly look: (world: Simulation['world']) => Promise<void> | undefined;
  readonly moments: readonly StockMoment[];
}

interface Row {
  readonly pk?: unknown;
  readonly sk?: unknown;
  readonly kind?: unknown;
  readonly [member: string]: unknown;
}

/** By product, what the reservations hold that are held. */
const heldIn = (rows: readonly Row[]): ReadonlyMap<string, number> => {
  const held = new Map<string, number>();
  for (const { pk, kind, lines } of rows) {
    if (kind !== 'held' || !String(pk).startsWith('RESERVATION#') || !Array.isArray(lines)) continue;
    for (const { sku, quantity } of lines) held.set(sku, (held.get(sku) ?? 0) + Number(quantity));
  }
  return held;
};

/**
 * The one part of the oracle that reads rows: what holds between two commits no answer shows, and a request would be steps
 * of its own. Rows of another form are passed over, so that it judges another assembly by what it knows of it.
 */
export const createStockWatch = (): StockWatch => {
  const moments: StockMoment[] = [];
  let committedBy: string[] = [];
  let table = '';

  const look = async (world: Simulation['world']): Promise<void> => {
    const by = committedBy;
    committedBy = [];
    const rows: readonly Row[] = await world.need('tables').items(table);
    const held = heldIn(rows);
    for (const { sk, sku, available, reserved } of rows) {
      if (sk !== 'STOCK' || typeof available !== 'number' || typeof reserved !== 'number') continue;
      const atMs = world.clock.now();
      moments.push({ atMs, sku: String(sku), available, reserved, held: held.get(String(sku)) ?? 0, by });
    }
  };
  return {
    onAnswer: (call, { status }) => {
      const [, ofCatalog] = OF_CATALOG.exec(call.functionName) ?? [];
      if (ofCatalog === undefined || status !== 200 || !WRITE.test(targetOf(call))) return;
      table = ofCatalog;
      committedBy.push(call.functionName);
    },
    look: (world) => (committedBy.length > 0 ? look(world) : undefined),
    moments,
  };
};
