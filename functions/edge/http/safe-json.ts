import { Refused } from '../../kernel/values/errors.ts';
import type { Json } from '../../kernel/values/json.ts';

/** Deeper than any contract of ours; a validator that recurses must not meet more. */
const MAX_DEPTH = 32;

const refuse = (detail: string): never => {
  throw new Refused({ outcome: 'invalid', code: 'malformed-json', detail });
};

/** The end of the string literal that begins at `start`, past its closing quote. */
const stringEnd = (text: string, start: number): number => {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
};

const BLANKS = ' \t\r\n';

/** The first character that is not blank, from `start` on. */
const pastBlanks = (text: string, start: number): number => {
  let at = start;
  while (at < text.length && BLANKS.includes(text.charAt(at))) at += 1;
  return at;
};

/** What JSON.parse lets pass: the last of two members wins, `__proto__` is a member, nesting has no end. */
const inspect = (text: string): void => {
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{' || character === '[') open.push(new Set());
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const end = stringEnd(text, at);
      const next = pastBlanks(text, end);
      if (text[next] === ':') claimName(open.at(-1), text.slice(at, end));
      at = next - 1;
    }
    if (open.length > MAX_DEPTH) refuse(`The JSON is nested deeper than ${MAX_DEPTH} levels.`);
  }
};

const claimName = (names: Set<string> | undefined, literal: string): void => {
  const name = String(parse(literal));
  if (name === '__proto__') refuse('A member may not be called __proto__.');
  if (names?.has(name)) refuse('A member occurs twice in one object.');
  names?.add(name);
};

const parse = (text: string): Json => {
  try {
    return JSON.parse(text);
  } catch {
    return refuse('The body is not JSON.');
  }
};

const isWellFormed = (value: Json): boolean =>
  typeof value === 'string'
    ? value.isWellFormed()
    : typeof value !== 'object' ||
      value === null ||
      Object.entries(value).every(([k, v]) => isWellFormed(k) && isWellFormed(v));

/** Parses what a stranger sent. Throws Refused `invalid` for what is not JSON or would mean two things to two readers. */
export const parseJson = (text: string): Json => {
  inspect(text);
  const value = parse(text);
  if (!isWellFormed(value)) refuse('A text holds half of a surrogate pair.');
  return value;
};
