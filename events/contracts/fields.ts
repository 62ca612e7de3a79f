import * as z from 'zod/mini';
import { ID_PATTERN } from '../../functions/kernel/values/ids.ts';

const keyPart = () => z.string().check(z.regex(ID_PATTERN, 'must be 1 to 64 of A-Z a-z 0-9 _ -'));

export const id = keyPart();

export const sku = keyPart();

/** Pieces of one product in one order: 1 to 1,000. */
export const quantity = z.int().check(z.minimum(1), z.maximum(1000));

/**
 * What no text of ours holds: control characters, line separators, marks without width that change what is shown, and
 * directions that do. As escapes, which tools in any language can generate from.
 */
const UNPRINTABLE = '\\u0000-\\u001F\\u007F-\\u009F\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u2069\\uFEFF';

const BLANK = ' \\u00A0\\u1680\\u2000-\\u200A\\u202F\\u205F\\u3000';

/** They join letters, so that a text may hold them and not begin with them. */
const JOINERS = '\\u200C\\u200D';

const PRINTABLE = new RegExp(`^[${BLANK}]*[^${BLANK}${JOINERS}${UNPRINTABLE}][^${UNPRINTABLE}]*$`);

/** Text that shows something and nothing that it is not. Halves of surrogate pairs are refused with the JSON that holds them. */
export const printable = z.regex(PRINTABLE, 'must be printable text with a visible character');

/** Of a person or a product. */
export const name = z.string().check(z.minLength(1), z.maxLength(200), printable);

/** How long a page of a list is. */
export const limit = z.string().check(z.regex(/^([1-9]\d?|100)$/, 'must be 1 to 100'));

/** Where a list goes on. */
export const cursor = z
  .string()
  .check(
    z.maxLength(1024),
    z.regex(/^[A-Za-z0-9_-]+\.[0-9]{1,9}\.[0-9a-f]{32}$/, 'must be the cursor of the page before'),
  );
