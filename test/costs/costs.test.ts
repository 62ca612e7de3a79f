import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { synthesize } from '../support/synthesized.ts';
import { CEILINGS } from './ceilings.ts';
import { COSTS_PAGE, withTable } from './cost-table.ts';
import { countOrders, type OrderCounts, typical } from './count-order.ts';

describe('what one confirmed order uses', () => {
  let counted: OrderCounts;
  beforeAll(async () => {
    counted = typical(await countOrders(await synthesize('dev'), 5));
    process.stdout.write(`one order: ${JSON.stringify(counted)}\n`);
  }, 120_000);

  it.each(Object.entries(CEILINGS))('is at most so many %s: %d', (name, ceiling) => {
    expect({ ...counted }).toHaveProperty(name);
    expect(new Map(Object.entries(counted)).get(name)).toBeLessThanOrEqual(ceiling);
  });

  it('is what docs/costs.md counts with', () => {
    const page = readFileSync(COSTS_PAGE, 'utf8');
    expect(withTable(page, CEILINGS)).toBe(page);
  });
});
