import type { Money } from '../../kernel/values/money.ts';

export interface SearchQuery {
  readonly text: string;
  readonly inStock: boolean;
  readonly maxPrice?: number;
  readonly currency?: string;
}

/** In UTF-16 code units of the name, the end not included. */
export interface Highlight {
  readonly start: number;
  readonly end: number;
}

export interface Found {
  readonly sku: string;
  readonly name: string;
  readonly price: Money;
  readonly available: number;
  readonly highlights: readonly Highlight[];
}

export interface SearchPage {
  readonly products: readonly Found[];
  readonly total: number;
  /** How many products to pass over for the next page; absent on the last one. */
  readonly next?: number;
}

export const passes = (
  { inStock, maxPrice, currency }: SearchQuery,
  { price, available }: Pick<Found, 'price' | 'available'>,
): boolean =>
  (!inStock || available > 0) &&
  (currency === undefined || price.currency === currency) &&
  (maxPrice === undefined || price.amount <= maxPrice);

const MARKS = /\p{M}/gu;

/** As words are compared: without case and without accents. */
export const folded = (word: string): string => word.normalize('NFKD').replace(MARKS, '').toLowerCase();

/** Letters and digits that stand together, with where they stand. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

export const wordsOf = (text: string): readonly string[] => text.match(WORD) ?? [];

/** Where a name has one of the words, which are folded. */
export const highlightsIn = (name: string, words: ReadonlySet<string>): readonly Highlight[] =>
  [...name.matchAll(WORD)]
    .filter(([word]) => words.has(folded(word)))
    .map(({ 0: word, index }) => ({ start: index, end: index + word.length }));

const MAX_SWAPPED = 12;

/** The words that a word is, when two neighbours of it were typed in the other order. */
export const swapped = (word: string): readonly string[] => {
  const letters = [...word];
  if (letters.length < 3 || letters.length > MAX_SWAPPED) return [];
  const variants = letters.slice(1).map((_, at) => {
    const [before = '', after = ''] = letters.slice(at, at + 2);
    return [...letters.slice(0, at), after, before, ...letters.slice(at + 2)].join('');
  });
  return [...new Set(variants)].filter((variant) => variant !== word);
};

const ONE_ERROR = 4;
const TWO_ERRORS = 8;

/** How many letters may be wrong, missing or too many. */
export const errorsIn = (word: string): number => (word.length >= TWO_ERRORS ? 2 : word.length >= ONE_ERROR ? 1 : 0);
