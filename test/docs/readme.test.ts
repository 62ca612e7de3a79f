import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { rooms } from '../rooms/rooms.ts';
import { unknownFlags } from './command-flags.ts';
import { brokenLinks, knownScripts, PAGES, pathsNamed, scriptsNamed, testPathsNamed } from './markdown.ts';

/** Not each of them is a folder: `bin/deploy` is two files. */
const roomNames = rooms.map(({ name }) => name);

/** The cells of a table stand for themselves: one may hold a command of ours, the next one of another program. */
const commandLines = (text: string): readonly string[] =>
  text.split('\n').flatMap((line) => (line.startsWith('|') ? line.split('|') : [line]));

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

const testFiles = ['test', ...readdirSync('packages').map((name) => `packages/${name}/test`)]
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  )
  .filter((name) => name.endsWith('.test.ts'));

/** What `npm run new:service` makes of the names that pages go through: `reviews`, and `pricing` in containers. */
const isMade = (path: string): boolean =>
  (/\breviews?\b/.test(path) && existsSync(`templates/functions/${path.replaceAll('review', 'sample-item')}`)) ||
  (/\bpricing\b/.test(path) && existsSync(inContainerTemplate(path)));

const inContainerTemplate = (path: string): string =>
  `templates/container/${path.replaceAll(/pricing(?=\/v1|\.proto)/g, 'sample_items').replaceAll('pricing', 'sample-items')}`;

describe.each(PAGES)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  it('links only to what is there', () => {
    expect(brokenLinks(page)).toEqual([]);
  });

  it('names only scripts that package.json has', () => {
    expect(scriptsNamed(text).filter((script) => !knownScripts().includes(script))).toEqual([]);
  });

  it('gives no script a flag that it does not know', () => {
    expect(commandLines(text).flatMap((line) => unknownFlags(line, scripts))).toEqual([]);
  });

  it('runs only tests that are there', () => {
    const isThere = (path: string) => isMade(`test/${path}`) || testFiles.some((file) => file.includes(path));
    expect(testPathsNamed(text).filter((path) => !isThere(path))).toEqual([]);
  });

  it('names only files and folders that are there', () => {
    // A changelog names what was there before.
    const named = page.endsWith('CHANGELOG.md') ? [] : pathsNamed(text);
    expect(named.filter((path) => !existsSync(path) && !isMade(path) && !roomNames.includes(path))).toEqual([]);
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
    expect(testPathsNamed('`npm test -- test/domain/users`, `npm test -- test/domain/<service> test/docs`')).toEqual([
      'test/domain/users',
      'test/docs',
    ]);
    expect(pathsNamed('`lib/stakcs`, `functions/<service>/domain`, `docs/decisions/NNNN-title.md`')).toEqual([
      'lib/stakcs',
    ]);
  });
});

describe('README.md', () => {
  it('is read in ten minutes: at most 180 lines', () => {
    expect(readFileSync('README.md', 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(180);
  });
});
