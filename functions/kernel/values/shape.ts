import { isList, isObject, type Json, type JsonObject } from './json.ts';

/** What a stored value looks like: reads it, and says so as a text that two releases can compare. */
export interface Shape<T> {
  /** The same for two shapes that read the same. */
  readonly text: string;
  /** The value without what the shape does not name. */
  strip(value: Json | undefined): Json | undefined;
  /** The member that is missing or of another type; `name` for the value itself. */
  wrong(value: unknown, name: string): string | undefined;
  isOne(value: unknown): value is T;
}

const shape = <T>(text: string, wrong: Shape<T>['wrong'], strip: Shape<T>['strip'] = (value) => value): Shape<T> => ({
  text,
  strip,
  wrong,
  isOne: (value): value is T => wrong(value, 'value') === undefined,
});

const plain = <T>(text: string, isOne: (value: unknown) => boolean): Shape<T> =>
  shape(text, (value, name) => (isOne(value) ? undefined : name));

export const text: Shape<string> = plain('text', (value) => typeof value === 'string');

export const number: Shape<number> = plain('number', (value) => typeof value === 'number');

export const oneOf = <const T extends string>(...allowed: readonly T[]): Shape<T> =>
  plain(allowed.toSorted().join(' | '), (value) => allowed.some((each) => each === value));

export const list = <T>(item: Shape<T>): Shape<readonly T[]> =>
  shape(
    `[${item.text}]`,
    (value, name) =>
      Array.isArray(value) ? value.map((each) => item.wrong(each, name)).find((found) => found !== undefined) : name,
    (value) => (isList(value) ? value.map((each) => item.strip(each) ?? null) : value),
  );

type Members<T> = { readonly [Name in keyof T]-?: Shape<Exclude<T[Name], undefined>> };

interface Member {
  readonly name: string;
  readonly of: Shape<unknown>;
  readonly isOptional: boolean;
}

const wrongIn = (value: JsonObject, { name, of, isOptional }: Member): readonly string[] => {
  if (isOptional && value[name] === undefined) return [];
  const wrong = of.wrong(value[name], name);
  return wrong === undefined ? [] : [wrong];
};

const membersOf = <T>(of: Members<T>, isOptional: boolean): readonly Member[] =>
  Object.entries<Shape<unknown>>(of).map(([name, each]) => ({ name, of: each, isOptional }));

const record = <T>(members: readonly Member[]): Shape<T> =>
  shape(
    `{${members
      .map(({ name, of, isOptional }) => `${name}${isOptional ? '?' : ''}: ${of.text}`)
      .toSorted()
      .join(', ')}}`,
    (value, name) => (isObject(value) ? members.flatMap((member) => wrongIn(value, member)).at(0) : name),
    (value) =>
      isObject(value)
        ? Object.fromEntries(
            members.flatMap(({ name, of }) => {
              const found = of.strip(value[name]);
              return found === undefined ? [] : [[name, found]];
            }),
          )
        : value,
  );

export const object = <T extends object>(of: Members<T>): Shape<T> => record(membersOf(of, false));

/** Any of the members may be left out. */
export const partial = <T extends object>(of: Members<T>): Shape<Partial<T>> => record(membersOf(of, true));

/** Some members may be left out, the others not. */
export const objectWith = <T extends object, Optional extends object>(
  of: Members<T>,
  optional: Members<Optional>,
): Shape<T & Partial<Optional>> => record([...membersOf(of, false), ...membersOf(optional, true)]);

/** The cases of a union, whose `member` differs; name it first in each. */
export const cases = <T extends object>(member: keyof T & string, ...shapes: readonly Shape<T>[]): Shape<T> =>
  shape(
    shapes
      .map(({ text }) => text)
      .toSorted()
      .join(' | '),
    (value, name) => {
      const found = shapes.map(({ wrong }) => wrong(value, name));
      return found.includes(undefined) ? undefined : (found.find((each) => each !== member) ?? member);
    },
    (value) => shapes.find(({ isOne, strip }) => isOne(strip(value)))?.strip(value) ?? value,
  );

/** Throws an Error that names what is missing or of another type, and shows no content. */
export const readAs = <T>({ strip, wrong, isOne }: Shape<T>, value: Json | undefined): T => {
  const stripped = strip(value);
  if (isOne(stripped)) return stripped;
  throw new Error(`the member ${wrong(stripped, 'value')} is missing or of another type`);
};

/** FNV-1a of 32 bits over the shapes: another number when one of them changes. */
export const revisionOf = (...texts: readonly string[]): string => {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(texts.join('\n'))) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
};
