import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { pagesIn, scriptsNamed, tableRows } from './markdown.ts';

const INDEX = 'README.md';

/** The pages of a folder by their file names, without its index. */
const namesIn = (folder: string): readonly string[] =>
  pagesIn(folder)
    .map((page) => basename(page))
    .filter((name) => name !== INDEX);

const read = (...path: readonly string[]): string => readFileSync(join(...path), 'utf8');

/** The targets of the first column's links. */
const listedIn = (folder: string): readonly string[] =>
  tableRows(read(folder, INDEX)).map(([cell = '']) => /\]\(([^)]+)\)/.exec(cell)?.[1] ?? cell);

describe('docs/README.md', () => {
  it('lists every page and every folder', () => {
    const folders = ['decisions', 'runbook'].map((folder) => `${folder}/${INDEX}`);
    expect([...listedIn('docs')].sort()).toEqual([...namesIn('docs'), ...folders].sort());
  });
});

describe('docs/glossary.md', () => {
  const rows = tableRows(read('docs/glossary.md'));

  it('gives a meaning and a link for every word, in the order of the alphabet', () => {
    const words = rows.map(([word = '']) => word);
    expect(words.length).toBeGreaterThan(20);
    expect(words).toEqual([...words].sort((one, other) => one.localeCompare(other, 'en')));
    expect(rows.filter(([, meaning = '', link = '']) => meaning === '' || !/^\[.+\]\(.+\)$/.test(link))).toEqual([]);
  });
});

describe('the decisions', () => {
  const folder = 'docs/decisions';
  const names = namesIn(folder);

  it('are numbered without gap or double, as their headings say', () => {
    expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, index) => index + 1));
    for (const name of names) expect(read(folder, name)).toMatch(new RegExp(`^# ${name.slice(0, 4)}: `));
  });

  it.each(names)('%s gives context, choice, what was rejected, and the consequence', (name) => {
    for (const part of ['Context', 'Choice', 'Rejected', 'Consequence']) {
      expect(read(folder, name)).toContain(`**${part}.**`);
    }
  });

  it.each(names)('%s has a date and a status', (name) => {
    expect(read(folder, name)).toMatch(/\n\nDate: \d{4}-\d\d-\d\d\. Status: (accepted|replaced by \d{4})\.\n\n/);
  });

  it('stand in the index with number, title, date and status', () => {
    const rows = names.map((name) => {
      const text = read(folder, name);
      const [, number = '', title = ''] = /^# (\d+): (.*)/.exec(text) ?? [];
      const [, date = '', status = ''] = /^Date: (\S+)\. Status: (.*)\.$/m.exec(text) ?? [];
      return [`[${number}](${name})`, title, date, status];
    });
    expect(tableRows(read(folder, INDEX))).toEqual(rows);
  });
});

describe('the runbook', () => {
  const folder = 'docs/runbook';

  it('lists every page in its index', () => {
    expect([...listedIn(folder)].sort()).toEqual(namesIn(folder));
  });

  it.each(namesIn(folder))('%s says where to look on AWS and on a laptop', (name) => {
    const text = read(folder, name);
    expect(text).toContain('| what | on AWS | on a laptop |');
    const rows = tableRows(text);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((cells) => cells.length !== 3 || cells.includes(''))).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  it('leads from the contract to the decision of an order by at most seven short files', () => {
    const [, section = ''] =
      /\n## The files that an order passes\n([\s\S]*?)\n## /.exec(read('docs/architecture.md')) ?? [];
    const files = tableRows(section).map(([, cell = '']) => /\]\(\.\.\/([^)]+)\)/.exec(cell)?.[1] ?? cell);
    expect(files.length).toBeGreaterThan(3);
    expect(files.length).toBeLessThanOrEqual(7);
    const lines = (file: string) => read(file).trimEnd().split('\n').length;
    expect(files.filter((file) => lines(file) >= 100)).toEqual([]);
  });
});

describe('docs/commands.md', () => {
  it('has every script of package.json', () => {
    const text = read('docs/commands.md');
    const { scripts } = JSON.parse(read('package.json'));
    expect(Object.keys(scripts).filter((name) => !scriptsNamed(text).includes(name))).toEqual([]);
  });
});
