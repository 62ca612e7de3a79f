import type { Context } from './context.ts';

/** How a text of a policy is read: as its version and the place in which it stands say. */
export interface TextRules {
  /** `*` and `?` stand for other characters. */
  readonly wildcards: boolean;
  /** `${aws:username}` stands for a value of the request; policies before 2012-10-17 know none. */
  readonly variables: boolean;
  readonly ignoresCase?: boolean;
}

/** A text of a policy, ready to be compared. */
export interface TextPattern {
  readonly text: string;
  /** Whether the request decides what it says. */
  readonly usesContext: boolean;
  /** Whether the request has a value for each of its variables. */
  isResolved(context: Context): boolean;
  matches(value: string, context: Context): boolean;
}

interface Variable {
  readonly key: string;
  readonly otherwise: string | undefined;
}

type Part = string | { readonly regexp: string } | Variable;

/** `${key}` or `${key, 'default'}`. */
const VARIABLE = /^([^,]+?)\s*(?:,\s*'([^']*)')?$/;

/** `${*}`, `${?}` and `${$}` are these characters themselves. */
const ESCAPED = ['*', '?', '$'];

const WILDCARDS: Readonly<Record<string, Part>> = { '*': { regexp: '.*' }, '?': { regexp: '.' } };

const variableIn = (inner: string): Part => {
  if (ESCAPED.includes(inner)) return inner;
  const [, key, otherwise] = VARIABLE.exec(inner.trim()) ?? [];
  return key === undefined ? `\${${inner}}` : { key: key.toLowerCase(), otherwise };
};

const partsOf = (text: string, { wildcards, variables }: TextRules): readonly Part[] => {
  const parts: Part[] = [];
  for (const [piece] of text.matchAll(/\$\{[^}]*\}|[*?]|[^*?$]+|\$/g)) {
    const isVariable = piece.length > 3 && piece.startsWith('${');
    if (isVariable && variables) parts.push(variableIn(piece.slice(2, -1)));
    else parts.push((wildcards && WILDCARDS[piece]) || piece);
  }
  return parts;
};

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const isVariable = (part: Part): part is Variable => typeof part === 'object' && 'key' in part;

/** The value of a variable, in which `*` is a `*`. Undefined when the request has none, or more than one. */
const resolved = ({ key, otherwise }: Variable, context: Context): string | undefined => {
  const value = context(key);
  if (typeof value === 'string') return value;
  return value?.length === 1 ? value[0] : otherwise;
};

const sourceOf = (parts: readonly Part[], context: Context): string | undefined => {
  let source = '';
  for (const part of parts) {
    if (typeof part === 'string') source += escaped(part);
    else if ('regexp' in part) source += part.regexp;
    else {
      const value = resolved(part, context);
      if (value === undefined) return undefined;
      source += escaped(value);
    }
  }
  return `^${source}$`;
};

/** Reads a text once; a variable without a value equals nothing and is like nothing. */
export const textPattern = (text: string, rules: TextRules): TextPattern => {
  const flags = rules.ignoresCase ? 'is' : 's';
  const parts = partsOf(text, rules);
  if (parts.some(isVariable)) {
    const matches = (value: string, context: Context) => {
      const source = sourceOf(parts, context);
      return source !== undefined && new RegExp(source, flags).test(value);
    };
    const isResolved = (context: Context) => sourceOf(parts, context) !== undefined;
    return { text, usesContext: true, isResolved, matches };
  }
  const fixed = { text, usesContext: false, isResolved: () => true };
  if (!rules.ignoresCase && parts.every((part) => typeof part === 'string')) {
    const exact = parts.join('');
    return { ...fixed, matches: (value) => value === exact };
  }
  const expression = new RegExp(sourceOf(parts, () => undefined) ?? '', flags);
  return { ...fixed, matches: (value) => expression.test(value) };
};
