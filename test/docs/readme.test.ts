import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { rooms } from '../rooms/rooms.ts';
import { unknownFlags } from './command-flags.ts';
import { brokenLinks, knownScripts, pagesIn, pathsNamed, scriptsNamed } from './markdown.ts';

const PAGES = ['README.md', 'AGENTS.md', ...['docs', 'docs/decisions', 'docs/runbook'].flatMap(pagesIn)];

/** Not each of them is a folder: `bin/deploy` is two files. */
const roomNames = rooms.map(({ name }) => name);

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

describe.each(PAGES)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  it('links only to what is there', () => {
    expect(brokenLinks(page)).toEqual([]);
  });

  it('names only scripts that package.json has', () => {
    expect(scriptsNamed(text).filter((script) => !knownScripts().includes(script))).toEqual([]);
  });

  it('gives no script a flag that it does not know', () => {
    expect(text.split('\n').flatMap((line) => unknownFlags(line, scripts))).toEqual([]);
  });

  it('names only files and folders that are there', () => {
    expect(pathsNamed(text).filter((path) => !existsSync(path) && !roomNames.includes(path))).toEqual([]);
  });
});

describe('a page', () => {
  it('is found out with a flag, a script or a path that does not exist', () => {
    expect(unknownFlags('`npm start -- --port 0 --prot 1`', scripts)).toEqual(['--prot']);
    expect(unknownFlags('`npm run token -- --sub ada --sup eve`', scripts)).toEqual(['--sup']);
    expect(scriptsNamed('`npm run --silent tokens`, `npm start`, `npm test -- x`')).toEqual([
      'tokens',
      'start',
      'test',
    ]);
    expect(pathsNamed('`lib/stakcs`, `functions/<service>/domain`, `docs/decisions/NNNN-title.md`')).toEqual([
      'lib/stakcs',
    ]);
  });
});

describe('the decisions', () => {
  const names = pagesIn('docs/decisions').map((page) => page.replace('docs/decisions/', ''));

  it('are numbered without gap or double, as their headings say', () => {
    expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, index) => index + 1));
    for (const name of names) {
      expect(readFileSync(join('docs/decisions', name), 'utf8')).toMatch(new RegExp(`^# ${name.slice(0, 4)}: `));
    }
  });

  it.each(names)('%s gives context, choice, what was rejected, and the consequence', (name) => {
    const text = readFileSync(join('docs/decisions', name), 'utf8');
    for (const part of ['Context', 'Choice', 'Rejected', 'Consequence']) expect(text).toContain(`**${part}.**`);
  });
});
