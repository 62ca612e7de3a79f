import MiniSearch, { type Query } from 'minisearch';
import type { Listing, StoredListing } from '../domain/listing.ts';
import {
  errorsIn,
  type Found,
  folded,
  highlightsIn,
  passes,
  type SearchPage,
  type SearchQuery,
  swapped,
  wordsOf,
} from '../domain/search-query.ts';

export interface ProductIndex {
  /** Takes in what is known of a product, unless more is known already; answers whether it did. */
  put(stored: StoredListing): boolean;
  /** The best first; those alike by sku, so that every task that knows the same answers the same. */
  search(query: SearchQuery, page: { readonly size: number; readonly passOver: number }): SearchPage;
  size(): number;
}

interface Document {
  readonly sku: string;
  readonly name: string;
}

/** How a product has a word: as it is, as a beginning, or with a typing error. Every score stands behind this. */
const closenessOf = (word: string, terms: readonly string[]): number => {
  if (terms.includes(word)) return 0;
  return terms.some((term) => term.startsWith(word)) ? 1 : 2;
};

const farthest = (words: readonly string[], terms: readonly string[]): number =>
  Math.max(...words.map((word) => closenessOf(word, terms)));

const WEIGHTS = { prefix: 0.6, fuzzy: 0.3 };
const SWAPPED = 0.4;
const SHORTEST_PREFIX = 2;

/** Every word must be found, in one of its forms. */
const queryOf = (words: readonly string[]): Query => ({
  combineWith: 'AND',
  queries: words.map((word) => ({
    combineWith: 'OR',
    queries: [
      { queries: [word], prefix: word.length >= SHORTEST_PREFIX, fuzzy: errorsIn(word), weights: WEIGHTS },
      { queries: [...swapped(word)], combineWith: 'OR', boostTerm: () => SWAPPED },
    ],
  })),
});

const documentOf = ({ sku, product }: Listing): Document | undefined => product && { sku, name: product.name };

/** Digits after which scores count as alike: sums of fractions differ in the last ones by the order of their parts. */
const SCORE_DIGITS = 6;

export const createProductIndex = (): ProductIndex => {
  const listings = new Map<string, StoredListing>();
  const index = new MiniSearch<Document>({
    idField: 'sku',
    fields: ['name', 'sku'],
    tokenize: (text) => [...wordsOf(text)],
    processTerm: folded,
    searchOptions: { boost: { name: 2 } },
  });

  /** Taken out and put in as a whole: what the index remembers of words that are gone would change the scores. */
  const replace = (before: Document | undefined, after: Document | undefined): void => {
    if (before?.name === after?.name) return;
    if (before) index.remove(before);
    if (after) index.add(after);
  };

  const find = (query: SearchQuery): readonly Found[] => {
    const words = wordsOf(query.text).map(folded);
    if (words.length === 0) return [];
    const results = index.search(queryOf(words)).flatMap(({ id, score, terms }) => {
      const { listing } = listings.get(String(id)) ?? {};
      if (!listing?.product) return [];
      const { sku, available, product } = listing;
      if (!passes(query, { ...product, available })) return [];
      return [
        {
          far: farthest(words, terms),
          score: Number(score.toFixed(SCORE_DIGITS)),
          terms,
          found: { sku, ...product, available },
        },
      ];
    });
    const sorted = results.sort((a, b) => a.far - b.far || b.score - a.score || (a.found.sku < b.found.sku ? -1 : 1));
    return sorted.map(({ found, terms }) => ({ ...found, highlights: highlightsIn(found.name, new Set(terms)) }));
  };

  return {
    put: (stored) => {
      const { listing, version } = stored;
      const known = listings.get(listing.sku);
      if (known && version <= known.version) return false;
      replace(known && documentOf(known.listing), documentOf(listing));
      listings.set(listing.sku, stored);
      return true;
    },
    search: (query, { size, passOver }) => {
      const all = find(query);
      const end = passOver + size;
      const products = all.slice(passOver, end);
      return { products, total: all.length, ...(end < all.length && { next: end }) };
    },
    size: () => listings.size,
  };
};
