import { describe, expect, it } from '@jest/globals';
import { hmacSha256 } from '../../../../functions/adapters/node/hmac.ts';
import { type CursorKey, createCursors } from '../../../../functions/kernel/values/cursor.ts';

const keysOf = (current: CursorKey, ...others: CursorKey[]) => ({
  current: async () => current,
  find: async (id: string) => [current, ...others].find((key) => key.id === id),
});
const first: CursorKey = { id: '1', secret: 'first' };
const second: CursorKey = { id: '2', secret: 'second' };
const cursors = createCursors(keysOf(first), hmacSha256);
const position = { pk: 'ORDERS#ada', sk: '01J…é', n: 1 };
const refused = { refusal: { outcome: 'invalid', code: 'invalid-cursor' } };

describe('a cursor', () => {
  it('leads back to where it was written, and is safe in a URL', async () => {
    const text = await cursors.write(position, 'orders of ada');
    expect(text).toMatch(/^[\w-]+\.1\.[0-9a-f]{32}$/);
    expect(await cursors.read(text, 'orders of ada')).toEqual(position);
  });

  it.each<[string, (text: string) => [string | undefined, string]]>([
    ["another caller's", (text) => [text, 'orders of bob']],
    ['changed', (text) => [text.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')), 'orders of ada']],
    ['unsigned', (text) => [text.split('.')[0], 'orders of ada']],
    ['said to be of another key', (text) => [text.replace('.1.', '.2.'), 'orders of ada']],
    ['followed by something', (text) => [`${text}.x`, 'orders of ada']],
    ['made up', () => ['e30.1.00', 'orders of ada']],
    ['empty', () => ['', 'orders of ada']],
  ])('that is %s is refused', async (_what, forge) => {
    const [text = '', scope] = forge(await cursors.write(position, 'orders of ada'));
    await expect(cursors.read(text, scope)).rejects.toMatchObject(refused);
  });

  it('is taken by those who know its key, also when they sign with another by now', async () => {
    const text = await cursors.write(position, 's');
    const later = createCursors(keysOf(second, first), hmacSha256);
    expect(await later.read(text, 's')).toEqual(position);
    expect(await later.write(position, 's')).toMatch(/\.2\./);
    await expect(createCursors(keysOf(second), hmacSha256).read(text, 's')).rejects.toMatchObject(refused);
    const forger = createCursors(keysOf({ id: '1', secret: 'guessed' }), hmacSha256);
    await expect(cursors.read(await forger.write(position, 's'), 's')).rejects.toMatchObject(refused);
  });
});
