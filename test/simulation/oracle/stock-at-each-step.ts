import type { History, StockMoment } from '../history.ts';
import { broken, type Invariant, type Violation } from './violation.ts';

const NAME = 'I1 stock at each step';

const totalOf = ({ available, reserved }: StockMoment): number => available + reserved;

/** Nothing but the staff changes how much there is in all. */
const mayChange = ({ by }: StockMoment): boolean => by.some((name) => name.endsWith('-adjust-stock'));

const wrongIn = (moment: StockMoment, before: StockMoment | undefined): string | undefined => {
  const { available, reserved, held } = moment;
  if (available < 0 || reserved < 0) return `available ${available}, reserved ${reserved}`;
  if (reserved !== held) return `reserved ${reserved}, and reservations hold ${held}`;
  if (before === undefined || totalOf(before) === totalOf(moment) || mayChange(moment)) return undefined;
  return `available and reserved were ${totalOf(before)} in all, and are ${totalOf(moment)}`;
};

/** The first moment at which the stock of a product was wrong, and what is left of its supply at the last one. */
const wrongOf = (sku: string, moments: readonly StockMoment[], { products }: History): readonly Violation[] => {
  for (const [index, moment] of moments.entries()) {
    const wrong = wrongIn(moment, moments[index - 1]);
    if (wrong !== undefined) return [broken(NAME, sku, `${wrong}, after ${moment.by.join(' and ')}`)];
  }
  const last = moments.at(-1);
  const supplied = products.find((product) => product.sku === sku)?.supplied;
  if (last === undefined || supplied === undefined || totalOf(last) === supplied) return [];
  return [broken(NAME, sku, `supplied ${supplied}, and there are ${totalOf(last)} in all`)];
};

/** After every commit: what is reserved is what reservations hold, nothing is below zero, and nothing comes or goes. */
export const stockAtEachStep: Invariant = (history) =>
  [...Map.groupBy(history.stock, ({ sku }) => sku)].flatMap(([sku, moments]) => wrongOf(sku, moments, history));
