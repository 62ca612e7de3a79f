import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { GUIDE, ROWS, readGuide, testsNamed, titlesIn } from './guide-rows.ts';
import { brokenLinks, knownScripts, scriptsNamed, tableRows } from './markdown.ts';

const rows = readGuide();
const COMPLETE = ['Here', 'Where', 'Test', 'See it'];

describe('docs/guide.md', () => {
  it('has every row of the guide, in its order', () => {
    expect(rows.map(({ title }) => title)).toEqual(ROWS);
  });

  it('lists every row in the table for readers, and says there which are not built', () => {
    const listed = tableRows(readFileSync(GUIDE, 'utf8')).map(([cell = '', , built = '']) => ({
      title: /^\[([^\]]+)\]/.exec(cell)?.[1],
      isBuilt: built !== 'not yet',
    }));
    expect(listed).toEqual(rows.map(({ title, parts }) => ({ title, isBuilt: 'Here' in parts })));
  });

  it('says of each row what is asked, and how it is done with test and evidence, or that it is not yet', () => {
    const lacking = rows.flatMap(({ title, parts }) => {
      const needed = 'Not yet' in parts && !('Here' in parts) ? ['Asks', 'Not yet'] : ['Asks', ...COMPLETE];
      return needed.filter((label) => !(label in parts)).map((label) => `${title}: ${label}`);
    });
    expect(lacking).toEqual([]);
  });

  it('links only to what is there', () => {
    expect(brokenLinks(GUIDE)).toEqual([]);
  });

  it('names a test for every row that is done, and only tests that exist', () => {
    const problems = rows
      .filter(({ parts }) => 'Test' in parts)
      .flatMap(({ title, parts }) => {
        const named = testsNamed(parts.Test ?? '');
        if (named.length === 0) return [`${title}: names no test`];
        return named
          .filter((test) => !existsSync(test.file) || !titlesIn(test.file).includes(test.title))
          .map((test) => `${title}: ${test.file} has no test “${test.title}”`);
      });
    expect(problems).toEqual([]);
  });

  it('shows evidence by scripts that package.json has', () => {
    const scripts = knownScripts();
    const problems = rows
      .filter(({ parts }) => 'See it' in parts)
      .flatMap(({ title, parts }) => {
        const named = scriptsNamed(parts['See it'] ?? '');
        return named.length === 0 ? [`${title}: no command`] : named.filter((script) => !scripts.includes(script));
      });
    expect(problems).toEqual([]);
  });
});
