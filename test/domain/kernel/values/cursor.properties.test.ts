import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createCursors } from '../../../../functions/kernel/values/cursor.ts';
import { Refused } from '../../../../functions/kernel/values/errors.ts';
import { isObject, type JsonObject } from '../../../../functions/kernel/values/json.ts';
import { fc } from '../../../support/properties.ts';

const cursors = createCursors((text) => createHmac('sha256', 'key').update(text).digest('hex'));

const positions: fc.Arbitrary<JsonObject> = fc
  .dictionary(fc.string({ unit: 'binary' }), fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean()))
  .map((position) => JSON.parse(JSON.stringify(position)))
  .filter(isObject);
const scopes = fc.string({ unit: 'grapheme' });

const isRefused = (cursor: string, scope: string): boolean => {
  try {
    cursors.read(cursor, scope);
    return false;
  } catch (thrown) {
    return thrown instanceof Refused && thrown.refusal.code === 'invalid-cursor';
  }
};

describe('a cursor', () => {
  it('leads back to where it was written, and is safe in a URL', () => {
    fc.assert(
      fc.property(positions, scopes, (position, scope) => {
        const cursor = cursors.write(position, scope);
        expect(cursor).toMatch(/^[\w-]+\.[\w-]+$/);
        expect(cursors.read(cursor, scope)).toEqual(position);
      }),
    );
  });

  it('is refused with any change at any place', () => {
    const places = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1));
    const characters = fc.constantFrom('', ...'AZaz09-_.=+/%é');
    fc.assert(
      fc.property(positions, places, fc.nat(1), characters, (position, place, removed, inserted) => {
        const cursor = cursors.write(position, 's');
        const at = Math.round(place * cursor.length);
        const changed = cursor.slice(0, at) + inserted + cursor.slice(at + removed);
        fc.pre(changed !== cursor);
        return isRefused(changed, 's');
      }),
    );
  });

  it('is refused for another scope', () => {
    fc.assert(
      fc.property(positions, scopes, scopes, (position, scope, other) => {
        fc.pre(scope !== other);
        return isRefused(cursors.write(position, scope), other);
      }),
    );
  });

  it('that was made up is refused', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => isRefused(text, 's')));
  });
});
