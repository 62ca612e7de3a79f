import * as z from 'zod/mini';

/** What may enter a key, as `isId` of the kernel: no delimiter, no control character, at most 64 characters. */
const keyPart = () =>
  z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'must be an id of at most 64 characters'));

export const id = keyPart();

export const sku = keyPart();

/** Pieces of one product in one order: 1 to 1,000. */
export const quantity = z.int().check(z.minimum(1), z.maximum(1000));
