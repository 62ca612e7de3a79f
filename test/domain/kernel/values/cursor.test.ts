import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createCursors } from '../../../../functions/kernel/values/cursor.ts';

const cursors = createCursors((text) => createHmac('sha256', 'key').update(text).digest('hex'));
const position = { pk: 'ORDERS#ada', sk: '01J…é', n: 1 };

describe('a cursor', () => {
  it('leads back to where it was written, and is safe in a URL', () => {
    const text = cursors.write(position, 'orders of ada');
    expect(text).toMatch(/^[\w-]+\.[\w-]+$/);
    expect(cursors.read(text, 'orders of ada')).toEqual(position);
  });

  it.each([
    ["another caller's", (text: string) => [text, 'orders of bob']],
    ['changed', (text: string) => [text.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')), 'orders of ada']],
    ['unsigned', (text: string) => [text.split('.')[0], 'orders of ada']],
    ['made up', () => ['e30.00', 'orders of ada']],
    ['empty', () => ['', 'orders of ada']],
  ])('that is %s is refused', (_what, forge) => {
    const [text = '', scope = ''] = forge(cursors.write(position, 'orders of ada'));
    expect(() => cursors.read(text, scope)).toThrow(
      expect.objectContaining({ refusal: expect.objectContaining({ outcome: 'invalid' }) }),
    );
  });

  it('is refused by another key', () => {
    const other = createCursors((text) => createHmac('sha256', 'other').update(text).digest('hex'));
    expect(() => other.read(cursors.write(position, 's'), 's')).toThrow();
  });
});
