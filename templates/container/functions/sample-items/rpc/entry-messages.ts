import type { MessageInitShape } from '@bufbuild/protobuf';
import { invalidCursor } from '../../../../../functions/kernel/values/cursor.ts';
import { Refused } from '../../../../../functions/kernel/values/errors.ts';
import type { JsonObject } from '../../../../../functions/kernel/values/json.ts';
import type {
  EntrySchema,
  ListEntriesRequest,
} from '../../../events/grpc/archipelago/sample_items/v1/sample_items_pb.ts';
import type { Entry, EntryQuery } from '../domain/entry.ts';

const DEFAULT_PAGE = 20;
const MAX_PAGE = 100;

/** What a sku, or the beginning of one, is made of. */
const SKU_PART = /^[A-Za-z0-9_-]{0,64}$/;

const invalid = (code: string, detail: string): Refused => new Refused({ outcome: 'invalid', code, detail });

/** Whose list a page token goes on: another prefix has other pages. */
export const scopeOf = ({ prefix }: Pick<EntryQuery, 'prefix'>): string => JSON.stringify(['sample-items', prefix]);

/** Where a page begins, as it stands in its token. */
export const positionOf = (after: string): JsonObject => ({ after });

/** Throws Refused `invalid-cursor`. */
export const afterIn = ({ after }: JsonObject): string => {
  if (typeof after !== 'string') throw new Refused(invalidCursor);
  return after;
};

/** Throws Refused for what callers of gRPC may send, and the route does not let in. */
export const queryOf = (
  { prefix, pageSize }: Pick<ListEntriesRequest, 'prefix' | 'pageSize'>,
  after: string,
): EntryQuery => {
  if (!SKU_PART.test(prefix)) throw invalid('invalid-prefix', 'No sku begins so.');
  if (pageSize < 0 || pageSize > MAX_PAGE) throw invalid('invalid-page-size', `A page has 1 to ${MAX_PAGE} products.`);
  return { prefix, after, size: pageSize === 0 ? DEFAULT_PAGE : pageSize };
};

export const messageOf = ({ sku, name, price }: Entry): MessageInitShape<typeof EntrySchema> => ({
  sku,
  name,
  price: { amount: BigInt(price.amount), currency: price.currency },
});
