import { type Refusal, Refused } from './errors.ts';
import { isObject, type JsonObject } from './json.ts';

/** Where a list goes on, as text for the caller to hand back. */
export interface Cursors {
  /** `scope` says whose list of what it is: `orders of <sub>, status PENDING`. */
  write(position: JsonObject, scope: string): Promise<string>;
  /** Throws Refused `invalid` for a cursor that was not written for that scope. */
  read(cursor: string, scope: string): Promise<JsonObject>;
}

export interface CursorKey {
  /** Stands in each cursor that it signed: digits. */
  readonly id: string;
  readonly secret: string;
}

/** Keys come and go; one that signs no more is still taken for a while. */
export interface CursorKeys {
  /** The key that new cursors are signed with. */
  current(): Promise<CursorKey>;
  /** Undefined for one that is not taken, or never was. */
  find(id: string): Promise<CursorKey | undefined>;
}

/** HMAC, in hexadecimal digits. */
export type Sign = (secret: string, text: string) => string;

const CODE_LENGTH = 32;

/** `<content>.<key id>.<code>` */
const CURSOR = /^([\w-]+)\.(\d{1,9})\.([0-9a-f]{32})$/;

/** Also for a cursor whose code is right and whose position no page of the list ended with. */
export const invalidCursor: Refusal = {
  outcome: 'invalid',
  code: 'invalid-cursor',
  detail: 'The cursor does not belong to this list, or is too old.',
  fields: [{ pointer: '#/query/cursor', detail: 'must be the cursor of the page before' }],
};

const encode = (text: string): string =>
  btoa(encodeURIComponent(text)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const decode = (text: string): unknown => {
  try {
    return JSON.parse(decodeURIComponent(atob(text.replaceAll('-', '+').replaceAll('_', '/'))));
  } catch {
    throw new Refused(invalidCursor);
  }
};

/** Cursors that only a holder of the keys can make, each for one scope. A list's partition still comes from the caller's identity. */
export const createCursors = (keys: CursorKeys, sign: Sign): Cursors => {
  const codeOf = ({ id, secret }: CursorKey, scope: string, content: string): string =>
    sign(secret, `${id}\n${scope}\n${content}`).slice(0, CODE_LENGTH);

  /** Signed once more, two codes are compared without a hint at how much of them is the same. */
  const isCode = (key: CursorKey, code: string, scope: string, content: string): boolean =>
    sign(key.secret, code) === sign(key.secret, codeOf(key, scope, content));

  return {
    write: async (position, scope) => {
      const content = encode(JSON.stringify(position));
      const key = await keys.current();
      return `${content}.${key.id}.${codeOf(key, scope, content)}`;
    },
    read: async (cursor, scope) => {
      const [whole, content = '', id = '', code = ''] = CURSOR.exec(cursor) ?? [];
      const key = whole === undefined ? undefined : await keys.find(id);
      if (key === undefined || !isCode(key, code, scope, content)) throw new Refused(invalidCursor);
      const position = decode(content);
      if (!isObject(position)) throw new Refused(invalidCursor);
      return position;
    },
  };
};
