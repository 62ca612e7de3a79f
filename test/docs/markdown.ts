import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** Targets of the relative links of a page, as paths from the root; without their anchors. */
const linkedPaths = (page: string): readonly string[] =>
  [...readFileSync(page, 'utf8').matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)[^)]*\)/g)].map(([, target = '']) =>
    posix.join(posix.dirname(page), target),
  );

export const brokenLinks = (page: string): readonly string[] =>
  linkedPaths(page).filter((path) => path.startsWith('..') || !existsSync(path));

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

/** The Markdown pages of a folder, without those below it. */
export const pagesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `${folder}/${name}`);
