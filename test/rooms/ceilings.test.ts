import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { functionComplaints } from './functions.ts';
import { sources } from './sources.ts';

/**
 * What was over a ceiling when that was set, each with the day and once. A list only gets shorter: an entry that is no longer
 * needed fails as well.
 */
const LONG_FUNCTIONS: Readonly<Record<string, string>> = {};

const FULL_FOLDERS: Readonly<Record<string, string>> = {};

const CEILING = { file: 300, handler: 40, folder: 20 };
const FOLDERS = [...new Set(sources.map((file) => /^packages\/[^/]+\/src|^[^/]+/.exec(file)?.[0] ?? ''))];

const linesOf = (file: string): number => readFileSync(file, 'utf8').trimEnd().split('\n').length;

describe('ceilings', () => {
  it(`a file has at most ${CEILING.file} lines, a handler at most ${CEILING.handler}`, () => {
    const ceiling = (file: string) => (file.endsWith('.handler.ts') ? CEILING.handler : CEILING.file);
    expect(sources.filter((file) => linesOf(file) > ceiling(file))).toEqual([]);
  });

  it('a function has at most 70 lines', () => {
    const long = functionComplaints(FOLDERS).filter(({ rule }) => rule === 'max-lines-per-function');
    const listed = (file: string): boolean => Object.hasOwn(LONG_FUNCTIONS, file);
    expect(long.filter(({ file }) => !listed(file)).map(({ text }) => text)).toEqual([]);
    expect(long.map(({ file }) => file).sort()).toEqual(Object.keys(LONG_FUNCTIONS).sort());
  });

  it('a function has at most 5 parameters', () => {
    const long = functionComplaints(FOLDERS).filter(({ rule }) => rule === 'max-params');
    expect(long.map(({ text }) => text)).toEqual([]);
  });

  it(`a folder has at most ${CEILING.folder} source files beside its subfolders`, () => {
    const folders = Map.groupBy(sources, dirname);
    const full = [...folders].filter(([, files]) => files.length > CEILING.folder).map(([folder]) => folder);
    expect(full.sort()).toEqual(Object.keys(FULL_FOLDERS).sort());
  });
});

describe('the ceilings of functions', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'ceilings-')), 'src');
  const body = (lines: number) => Array.from({ length: lines }, (_, index) => `  use(${index});`).join('\n');
  const complaints = (source: string) => {
    writeFileSync(join(folder, 'planted.ts'), source);
    return functionComplaints([folder]).map(({ rule, text }) => [rule, text]);
  };
  beforeAll(() => void mkdirSync(folder));
  afterAll(() => rmSync(dirname(folder), { recursive: true }));

  it('are at the line and the parameter that they say', () => {
    expect(complaints(`export const fits = (a, b, c, d, e) => {\n${body(68)}\n};\n`)).toEqual([]);
    expect(complaints(`export const long = () => {\n${body(69)}\n};\n`)).toEqual([
      ['max-lines-per-function', expect.stringContaining('planted.ts:1 ')],
    ]);
    expect(complaints('export const wide = (a, b, c, d, e, f) => a + b + c + d + e + f;\n')).toEqual([
      ['max-params', expect.stringContaining('planted.ts:1 ')],
    ]);
  });
});
