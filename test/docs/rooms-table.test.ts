import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Room, rooms } from '../rooms/rooms.ts';

/** `functions/kernel` as it is, a room of the same service as "own `domain`", a prefix with a star: `node:*`, `@aws-sdk/*`. */
const written = (name: string): string => {
  if (name.startsWith('own:')) return `own \`${name.slice('own:'.length)}\``;
  return `\`${/[/:]$/.test(name) ? `${name}*` : name}\``;
};

/** The room itself goes without saying. */
const allowanceOf = ({ name, rooms: others, packages }: Room): string => {
  const foreign = others.filter((other) => other !== name && other !== `own:${name}`);
  return [...foreign, ...packages].map(written).join(', ') || 'nothing';
};

const rows = readFileSync('AGENTS.md', 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, room]) => room?.startsWith('`'));

describe('the table of rooms in AGENTS.md', () => {
  it('says of every room what it may import, in the order and words of test/rooms/rooms.ts', () => {
    expect(rows.map(([, room, , , allowance]) => `${room}: ${allowance}`)).toEqual(
      rooms.map((room) => `\`${room.name}\`: ${allowanceOf(room)}`),
    );
  });
});
