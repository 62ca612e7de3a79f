import { describe, expect, it } from '@jest/globals';
import { hmacSha256 } from '../../../../functions/adapters/node/hmac.ts';
import { createCursors } from '../../../../functions/kernel/values/cursor.ts';
import { Refused } from '../../../../functions/kernel/values/errors.ts';
import { isObject, type JsonObject } from '../../../../functions/kernel/values/json.ts';
import { fc } from '../../../support/properties.ts';

const key = { id: '7', secret: 'key' };
const keys = { current: async () => key, find: async (id: string) => (id === key.id ? key : undefined) };
const cursors = createCursors(keys, hmacSha256);

const positions: fc.Arbitrary<JsonObject> = fc
  .dictionary(fc.string({ unit: 'binary' }), fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean()))
  .map((position) => JSON.parse(JSON.stringify(position)))
  .filter(isObject);
const scopes = fc.string({ unit: 'grapheme' });

const isRefused = (cursor: string, scope: string): Promise<boolean> =>
  cursors.read(cursor, scope).then(
    () => false,
    (thrown: unknown) => thrown instanceof Refused && thrown.refusal.code === 'invalid-cursor',
  );

describe('a cursor', () => {
  it('leads back to where it was written, and is safe in a URL', async () => {
    await fc.assert(
      fc.asyncProperty(positions, scopes, async (position, scope) => {
        const cursor = await cursors.write(position, scope);
        expect(cursor).toMatch(/^[\w-]+\.\d+\.[\w-]+$/);
        expect(await cursors.read(cursor, scope)).toEqual(position);
      }),
    );
  });

  it('is refused with any change at any place', async () => {
    const places = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1));
    const characters = fc.constantFrom('', ...'AZaz09-_.=+/%é');
    await fc.assert(
      fc.asyncProperty(positions, places, fc.nat(1), characters, async (position, place, removed, inserted) => {
        const cursor = await cursors.write(position, 's');
        const at = Math.round(place * cursor.length);
        const changed = cursor.slice(0, at) + inserted + cursor.slice(at + removed);
        fc.pre(changed !== cursor);
        return isRefused(changed, 's');
      }),
    );
  });

  it('is refused for another scope', async () => {
    await fc.assert(
      fc.asyncProperty(positions, scopes, scopes, async (position, scope, other) => {
        fc.pre(scope !== other);
        return isRefused(await cursors.write(position, scope), other);
      }),
    );
  });

  it('that was made up is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => isRefused(text, 's')),
    );
  });
});
