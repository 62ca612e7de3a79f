import { readFileSync, writeFileSync } from 'node:fs';
import { synthesize } from '../support/synthesized.ts';
import { CEILINGS } from './ceilings.ts';
import { COSTS_PAGE, totalOf, withTable } from './cost-table.ts';
import { countOrders, typical } from './count-order.ts';

/** `npm run costs`: counts what orders use, and writes the table of docs/costs.md from the ceilings that a test holds. */
const counted = await countOrders(await synthesize('dev'), 5);
console.table([...counted, typical(counted)]);
console.log(
  `USD for a million orders: ${totalOf(typical(counted)).toFixed(2)}; of the ceilings ${totalOf(CEILINGS).toFixed(2)}`,
);
writeFileSync(COSTS_PAGE, withTable(readFileSync(COSTS_PAGE, 'utf8'), CEILINGS));
