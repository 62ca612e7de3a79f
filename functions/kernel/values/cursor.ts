import { type Refusal, Refused } from './errors.ts';
import { isObject, type JsonObject } from './json.ts';

/** Where a list goes on, as text for the caller to hand back. */
export interface Cursors {
  /** `scope` says whose list of what it is: `orders of <sub>, status PENDING`. */
  write(position: JsonObject, scope: string): string;
  /** Throws Refused `invalid` for a cursor that was not written for that scope. */
  read(cursor: string, scope: string): JsonObject;
}

const MAC_LENGTH = 32;

/** Also for a cursor whose code is right and whose position no page of the list ended with. */
export const invalidCursor: Refusal = {
  outcome: 'invalid',
  code: 'invalid-cursor',
  detail: 'The cursor does not belong to this list.',
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

/**
 * Cursors bound to their scope by a code over both: HMAC with a secret makes them unforgeable; a plain hash still refuses
 * one of another list, and a made-up position is refused by the query. Either way a list's partition must come from the
 * caller's identity, never from the cursor.
 */
export const createCursors = (authenticate: (text: string) => string): Cursors => {
  const codeOf = (content: string, scope: string): string => authenticate(`${scope}\n${content}`).slice(0, MAC_LENGTH);
  return {
    write: (position, scope) => {
      const content = encode(JSON.stringify(position));
      return `${content}.${codeOf(content, scope)}`;
    },
    read: (cursor, scope) => {
      const [content = ''] = cursor.split('.');
      if (cursor !== `${content}.${codeOf(content, scope)}`) throw new Refused(invalidCursor);
      const position = decode(content);
      if (!isObject(position)) throw new Refused(invalidCursor);
      return position;
    },
  };
};
