import { type FieldError, type Outcome, Refused } from '../../kernel/values/errors.ts';
import type { Issue, Schema } from '../../kernel/values/schema.ts';

const MAX_FIELDS = 20;

const escapeToken = (token: PropertyKey): string => String(token).replaceAll('~', '~0').replaceAll('/', '~1');

const fieldError =
  (base: string) =>
  (issue: Issue): FieldError => ({
    pointer: [base, ...issue.path.map(escapeToken)].join('/'),
    detail: issue.message,
  });

/** The value as its schema types it. Throws Refused that names each field at fault below the JSON pointer `base`. */
export const validate = <T>(
  schema: Schema<T>,
  input: unknown,
  { outcome, base }: { readonly outcome: Outcome; readonly base: string },
): T => {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = result.error.issues.slice(0, MAX_FIELDS).map(fieldError(base));
  throw new Refused({ outcome, code: 'validation-failed', detail: 'Some values are not valid.', fields });
};
