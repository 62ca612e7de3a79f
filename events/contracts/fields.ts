import * as z from 'zod/mini';
import { ID_PATTERN } from '../../functions/kernel/values/ids.ts';

const keyPart = () => z.string().check(z.regex(ID_PATTERN, 'must be 1 to 64 of A-Z a-z 0-9 _ -'));

export const id = keyPart();

export const sku = keyPart();

/** Pieces of one product in one order: 1 to 1,000. */
export const quantity = z.int().check(z.minimum(1), z.maximum(1000));

/** Printable text: no control characters, no bidirectional overrides, no lone surrogates. */
export const printable = z.regex(/^[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]+$/u, 'must be printable text');

/** Of a person or a product. */
export const name = z.string().check(z.minLength(1), z.maxLength(200), printable);
