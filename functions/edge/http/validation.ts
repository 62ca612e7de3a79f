import { type FieldError, type Outcome, Refused } from '../../kernel/values/errors.ts';
import type { Issue, Schema } from '../../kernel/values/schema.ts';
import { ruleOf } from './broken-rule.ts';

const MAX_FIELDS = 20;

/** A caller may name a member as they like; the answer repeats no more of it. */
const MAX_TOKEN = 100;

/** A reference token of a JSON pointer (RFC 6901) in a URI fragment. */
const tokenOf = (name: PropertyKey): string =>
  encodeURI(String(name).slice(0, MAX_TOKEN).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1'));

const pointerTo = (base: string, path: readonly PropertyKey[]): string => [base, ...path.map(tokenOf)].join('/');

/** A schema names members that it does not know all at once; each is an error of its own. */
const fieldErrors =
  (base: string, input: unknown) =>
  (issue: Issue): readonly FieldError[] =>
    issue.code === 'unrecognized_keys' && issue.keys !== undefined
      ? issue.keys.map((key) => ({ pointer: pointerTo(base, [...issue.path, key]), detail: 'is not known here' }))
      : [{ pointer: pointerTo(base, issue.path), detail: ruleOf(issue, input) }];

/** The value as its schema types it. Throws Refused that names each field at fault below the JSON pointer `base`. */
export const validate = <T>(
  schema: Schema<T>,
  input: unknown,
  { outcome, base }: { readonly outcome: Outcome; readonly base: string },
): T => {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = result.error.issues.flatMap(fieldErrors(base, input)).slice(0, MAX_FIELDS);
  throw new Refused({ outcome, code: 'validation-failed', detail: 'Some values are not valid.', fields });
};

/** Of a route that takes no query parameter. */
export const noParameters: Schema<undefined> = {
  safeParse: (input) => {
    const keys = Object.keys(Object(input));
    const issue = { code: 'unrecognized_keys', keys, path: [], message: '' };
    return keys.length === 0 ? { success: true, data: undefined } : { success: false, error: { issues: [issue] } };
  },
};
