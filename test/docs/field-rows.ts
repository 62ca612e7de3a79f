type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

const RULES: readonly (readonly [key: string, write: (value: unknown) => string])[] = [
  ['enum', (value) => (Array.isArray(value) ? value.map((each) => `\`${each}\``).join(', ') : '')],
  ['pattern', (value) => `matches \`${String(value).replaceAll('|', '\\|')}\``],
  ['minLength', (value) => `at least ${value} characters`],
  ['maxLength', (value) => `at most ${value} characters`],
  ['minimum', (value) => `from ${value}`],
  ['maximum', (value) => `up to ${value}`],
  ['maxItems', (value) => `at most ${value} items`],
];

/** The bounds of every safe integer say nothing. */
const isBound = (value: unknown): boolean =>
  !(typeof value === 'number' && Math.abs(value) === Number.MAX_SAFE_INTEGER);

const rulesOf = (node: Node): string =>
  RULES.filter(([key]) => node[key] !== undefined && isBound(node[key]))
    .map(([key, write]) => write(node[key]))
    .join('; ');

const walk = (name: string, node: Node, isRequired: boolean): readonly string[] => {
  const kind = String(node.type ?? 'any');
  const rules = [isRequired ? '' : 'optional', rulesOf(node)].filter((text) => text !== '').join('; ');
  const own = name === '' ? [] : [`| \`${name}\` | ${kind} | ${rules} |`];
  if (kind === 'array' && isNode(node.items)) {
    return isNode(node.items.properties)
      ? [...own, ...walk(`${name}[]`, node.items, true).slice(1)]
      : [...own, ...walk(`${name}[]`, node.items, true)];
  }
  if (!isNode(node.properties)) return own;
  const required = Array.isArray(node.required) ? node.required : [];
  const inner = Object.entries(node.properties).flatMap(([key, child]) =>
    isNode(child) ? walk(name === '' ? key : `${name}.${key}`, child, required.includes(key)) : [],
  );
  return [...own, ...inner];
};

/** One table row for each field of a JSON Schema, members of objects and items of arrays by their path. */
export const fieldRows = (schema: object): readonly string[] => walk('', { ...schema }, true);
