/** What a variable may hold: any text, or a whole number. */
export type VariableKind = 'text' | 'integer';

/** A function's environment, known to both sides of the deploy: the construct writes exactly what the handler reads. */
export interface EnvironmentContract<V extends Readonly<Record<string, VariableKind>>> {
  readonly variables: V;
}

export type EnvironmentOf<C> =
  C extends EnvironmentContract<infer V>
    ? { readonly [K in keyof V]: V[K] extends 'integer' ? number : string }
    : never;

/** Keys are camelCase; the variable `tableName` is `TABLE_NAME` in the process. */
export const defineEnvironment = <const V extends Readonly<Record<string, VariableKind>>>(
  variables: V,
): EnvironmentContract<V> => ({ variables });

const variableName = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

const parse = (kind: VariableKind, text: string | undefined): string | number | undefined => {
  if (text === undefined || text === '') return undefined;
  if (kind === 'text') return text;
  return /^-?\d+$/.test(text) ? Number(text) : undefined;
};

const isComplete = <const V extends Readonly<Record<string, VariableKind>>>(
  { variables }: EnvironmentContract<V>,
  values: Readonly<Record<string, unknown>>,
): values is EnvironmentOf<EnvironmentContract<V>> =>
  Object.entries(variables).every(([key, kind]) => typeof values[key] === (kind === 'integer' ? 'number' : 'string'));

/** Throws an Error that names every variable which is missing or of the wrong kind. */
export const readEnvironment = <const V extends Readonly<Record<string, VariableKind>>>(
  contract: EnvironmentContract<V>,
  source: Readonly<Record<string, string | undefined>>,
): EnvironmentOf<EnvironmentContract<V>> => {
  const entries = Object.entries(contract.variables).map(
    ([key, kind]) => [key, parse(kind, source[variableName(key)])] as const,
  );
  const values = Object.fromEntries(entries);
  if (isComplete(contract, values)) return values;
  const bad = entries.filter(([, value]) => value === undefined).map(([key]) => variableName(key));
  throw new Error(`environment: missing or malformed ${bad.join(', ')}`);
};

export const writeEnvironment = <const V extends Readonly<Record<string, VariableKind>>>(
  contract: EnvironmentContract<V>,
  values: EnvironmentOf<EnvironmentContract<V>>,
): Record<string, string> => writeVariables(Object.keys(contract.variables), values);

const writeVariables = (keys: readonly string[], values: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(keys.map((key) => [variableName(key), String(values[key])]));

/** Every function has these; the service-function construct sets them. */
export const baseEnvironment = defineEnvironment({ service: 'text', stage: 'text', prefix: 'text' });
