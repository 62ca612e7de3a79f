import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

interface Link {
  /** From the root. */
  readonly path: string;
  readonly anchor: string | undefined;
}

/** The relative links of a page, those within the page included. */
const linksOf = (page: string): readonly Link[] =>
  [...readFileSync(page, 'utf8').matchAll(/\]\((?![a-z]+:)([^)#\s]*)(?:#([\w-]+))?\)/g)].map(([, target, anchor]) => ({
    path: target ? posix.join(posix.dirname(page), target) : page,
    anchor,
  }));

/** The anchors that GitHub makes of headings. */
const anchorsOf = (page: string): readonly string[] =>
  [...readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );

const isBroken = ({ path, anchor }: Link): boolean => {
  if (path.startsWith('..') || !existsSync(path)) return true;
  return anchor !== undefined && path.endsWith('.md') && !anchorsOf(path).includes(anchor);
};

export const brokenLinks = (page: string): readonly string[] =>
  linksOf(page)
    .filter(isBroken)
    .map(({ path, anchor }) => (anchor === undefined ? path : `${path}#${anchor}`));

const BUILT_IN: readonly string[] = ['ci', 'install', 'exec'];

/** Names of package.json's scripts that a page tells its reader to run. */
export const scriptsNamed = (text: string): readonly string[] => [
  ...new Set(
    [...text.matchAll(/\bnpm (?:(?:run|run-script)(?: -{1,2}[a-z]+)* ([\w:-]+)|(start|test)\b)/g)].map(
      ([, script, short]) => script ?? short ?? '',
    ),
  ),
];

export const knownScripts = (): readonly string[] => [
  ...BUILT_IN,
  ...Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts),
];

const ROOM = /`((?:bin|lib|functions|events|packages|test|docs)\/[\w./-]+)`/g;

/** Paths of the repository that a page names in code spans; those with a placeholder (`NNNN`, `<service>`, `…`) are none. */
export const pathsNamed = (text: string): readonly string[] =>
  [...text.matchAll(ROOM)].map(([, path = '']) => path).filter((path) => !path.includes('NNNN'));

/** What a page gives to `npm test --`, without what has a placeholder. */
export const testPathsNamed = (text: string): readonly string[] =>
  [...text.matchAll(/\bnpm test -- ([\w./ <>-]+)/g)]
    .flatMap(([, paths = '']) => paths.split(' '))
    .filter((path) => path.includes('/') && !path.includes('<'));

/** The Markdown pages of a folder, without those below it. */
export const pagesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `${folder}/${name}`);

/** The Markdown pages of a folder and of all folders below it. */
export const pagesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort();

/** The cells of the rows of a page's tables, heads and rules left out. */
export const tableRows = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter((line, index, lines) => /^\|/.test(line) && !/^\| ?-/.test(line) && !/^\| ?-/.test(lines[index + 1] ?? ''))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

const TOP = ['README.md', 'AGENTS.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];

const ofPackages = readdirSync('packages').flatMap((name) =>
  ['README.md', 'CHANGELOG.md'].map((page) => `packages/${name}/${page}`).filter((page) => existsSync(page)),
);

/** Every page that readers are sent to. */
export const PAGES: readonly string[] = [...TOP, ...pagesBelow('docs'), ...ofPackages];
