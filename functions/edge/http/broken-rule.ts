import type { Issue } from '../../kernel/values/schema.ts';

/** What the schema library says where a schema has no text of its own: its small build has none. */
const NO_TEXT = 'Invalid input';

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const FORMATS: Readonly<Record<string, string>> = { email: 'must be an e-mail address' };

/** How a size is counted. */
const UNITS: Readonly<Record<string, readonly [string, string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
};

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce(
    (value, name) => (Object.hasOwn(Object(value), name) ? Reflect.get(Object(value), name) : undefined),
    input,
  );

const boundOf = (word: string, bound: number | bigint | undefined, origin = ''): string => {
  const [one, more] = UNITS[origin] ?? [];
  return one === undefined ? `must be ${word} ${bound}` : `must have ${word} ${bound} ${bound === 1 ? one : more}`;
};

const ownText = ({ code, expected = '', format = '', origin, minimum, maximum, values = [] }: Issue): string => {
  switch (code) {
    case 'invalid_type':
      return `must be ${TYPES[expected] ?? expected}`;
    case 'invalid_value':
      return `must be ${values.map(String).join(' or ')}`;
    case 'too_small':
      return boundOf('at least', minimum, origin);
    case 'too_big':
      return boundOf('at most', maximum, origin);
    case 'invalid_format':
      return FORMATS[format] ?? 'must have another form';
    default:
      return 'is not valid';
  }
};

/** The rule that a value breaks, in words that do not repeat the value. */
export const ruleOf = (issue: Issue, input: unknown): string => {
  if (issue.message !== NO_TEXT) return issue.message;
  return valueAt(input, issue.path) === undefined ? 'is missing' : ownText(issue);
};
