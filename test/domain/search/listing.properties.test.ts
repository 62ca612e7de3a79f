import { describe, expect, it } from '@jest/globals';
import { createMemoryTable } from '../../../functions/kernel/stores/memory-table.ts';
import { noteChanges } from '../../../functions/search/commands/note-changes.ts';
import { afterChange, type Change, type Listing } from '../../../functions/search/domain/listing.ts';
import { swapped } from '../../../functions/search/domain/search-query.ts';
import { createProductIndex } from '../../../functions/search/index/product-index.ts';
import { listingKey, readListing } from '../../../functions/search/rows/listing-rows.ts';
import { createFollower } from '../../../functions/search/views/follow-changes.ts';
import { fc } from '../../support/properties.ts';

const SKUS = ['a', 'b', 'c'];
const sku = fc.constantFrom(...SKUS);
const version = fc.integer({ min: 1, max: 6 });

/** A change of one version always says the same, as messages do. */
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ sku, version }).map((each) => ({
    kind: 'product' as const,
    ...each,
    name: `Name ${each.version}`,
    price: { amount: each.version, currency: 'EUR' },
  })),
  fc.record({ sku, version }).map((each) => ({ kind: 'stock' as const, ...each, available: each.version * 10 })),
);

const folded = (changes: readonly Change[]): Listing | undefined =>
  changes.reduce<Listing | undefined>((known, each) => afterChange(known, each) ?? known, undefined);

const clockFrom = (startMs: number) => {
  let nowMs = startMs;
  return {
    now: () => {
      nowMs += 7;
      return nowMs;
    },
  };
};

describe('the listing of a product', () => {
  it('is the same in whatever order, and however often, its changes come', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), fc.func(fc.integer()), (changes, rank) => {
        const own = changes.filter((each) => each.sku === 'a');
        const mixed = [...own, ...own].toSorted((one, other) => rank(one) - rank(other));
        expect(folded(mixed)).toEqual(folded(own));
      }),
    );
  });

  it('lets what a list shows of the stock count until a change says more', () => {
    const first = { kind: 'first-stock', sku: 'a', available: 7 } as const;
    const changed = { kind: 'stock', sku: 'a', available: 3, version: 1 } as const;
    expect(folded([first, changed])?.available).toBe(3);
    expect(folded([changed, first])?.available).toBe(3);
    expect(folded([first])?.available).toBe(7);
  });

  it('reaches the index of a task through the table, changes by several writers at once included', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(change, { maxLength: 5 }), { maxLength: 6 }), async (rounds) => {
        const table = createMemoryTable();
        const deps = { table, clock: clockFrom(Date.UTC(2026, 0, 1)) };
        const seen = new Map<string, Listing>();
        const index = createProductIndex();
        const { catchUp } = createFollower(table, (stored) => {
          seen.set(stored.listing.sku, stored.listing);
          return index.put(stored);
        });
        for (const round of rounds) {
          await Promise.all(round.map((each) => noteChanges(deps, [each])));
          await catchUp();
        }
        for (const each of SKUS) {
          const expected = folded(rounds.flat().filter((change) => change.sku === each));
          const item = await table.get(listingKey(each));
          expect(item && readListing(item).listing).toEqual(expected);
          expect(seen.get(each)).toEqual(expected);
        }
        expect(index.size()).toBe(seen.size);
      }),
    );
  });
});

describe('a word with two letters in the other order', () => {
  it('has the word that was meant among its swapped ones', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{3,12}$/), fc.nat(), (word, place) => {
        const at = place % (word.length - 1);
        const typed = `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`;
        fc.pre(typed !== word);
        expect(swapped(typed)).toContain(word);
      }),
    );
  });
});
