import { readFileSync, writeFileSync } from 'node:fs';
import { tableRows } from '../docs/markdown.ts';
import type { Verdict } from './judge.ts';
import { type MutatedRoom, rooms } from './rooms.ts';

export const PAGE = 'docs/mutation.md';
const HEAD = '| room | code | least % | mutants | found | equivalent | score % | date | commit |';

/** Writes the row of a room; the rows of the others stay as they are. */
export const writeRow = (room: MutatedRoom, verdict: Verdict, { date, commit }: { date: string; commit: string }) => {
  const text = readFileSync(PAGE, 'utf8');
  const [before = ''] = text.split(`\n${HEAD}\n`);
  const known = new Map(tableRows(text).map((cells) => [cells[0], cells]));
  const code = room.files.map((file) => `\`${file}\``).join(', ');
  const { mutants, found, equivalent, score } = verdict;
  known.set(room.name, [room.name, code, ...[room.bar, mutants, found, equivalent, score].map(String), date, commit]);
  const rows = rooms.flatMap(({ name }) => {
    const cells = known.get(name);
    return cells ? [`| ${cells.join(' | ')} |`] : [];
  });
  writeFileSync(PAGE, `${before}\n${HEAD}\n|${' --- |'.repeat(HEAD.split('|').length - 2)}\n${rows.join('\n')}\n`);
};
