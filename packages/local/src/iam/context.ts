/**
 * What is known of a request beside action and resource: values by condition key in lower case, since keys know no case.
 * Undefined for a key that the request does not carry.
 */
export type Context = (key: string) => string | readonly string[] | undefined;

export const NO_CONTEXT: Context = () => undefined;

/** Names of keys in any case. */
export const contextOf = (values: Readonly<Record<string, string | readonly string[]>>): Context => {
  const byKey = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]));
  return (key) => byKey.get(key);
};

/** Every value of a key; none for one that is absent. */
export const valuesOf = (context: Context, key: string): readonly string[] => {
  const found = context(key);
  if (found === undefined) return [];
  return typeof found === 'string' ? [found] : found;
};
