import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { scriptsNamed } from './markdown.ts';

/** npm's own, and those of the programs behind a script whose sources are not here (jest, cdk, tsc). */
const FOREIGN: readonly string[] = ['--silent', '--help'];

const SOURCE = /^node (?:--[\w-]+ )*((?:bin|test|lib)\/[\w/-]+\.ts)$/;

/** `bin/run.js` hands over to the entry that it is told, once it has looked at the Node.js that it runs on. */
const VIA_RUN = /^node bin\/run\.js ([\w/-]+)$/;

const entryOf = (script: string): string | undefined => {
  const told = VIA_RUN.exec(script)?.[1];
  return told === undefined ? SOURCE.exec(script)?.[1] : `bin/${told}.ts`;
};

const flagsIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map(([flag]) => flag);

/** `@archipelago/local/cli` is `packages/local/src/cli.ts`, `@archipelago/local` its `index.ts` (`exports` of package.json). */
const fileOf = (specifier: string): string => {
  const [, folder, entry = 'index'] = /^@archipelago\/([\w-]+)(?:\/([\w-]+))?$/.exec(specifier) ?? [];
  return `packages/${folder}/src/${entry}.ts`;
};

/** What an entry and the files beside or below that it imports say: the text in which its options must be spelled. */
const sourcesOf = (file: string, depth = 3): string => {
  const text = readFileSync(file, 'utf8');
  const imported = [...text.matchAll(/from '((?:\.|@archipelago\/)[^']+)'/g)].map(([, to = '']) =>
    to.startsWith('.') ? posix.join(posix.dirname(file), to) : fileOf(to),
  );
  return depth === 0
    ? text
    : [text, ...imported.filter((each) => existsSync(each)).map((each) => sourcesOf(each, depth - 1))].join('\n');
};

/** `--port` stands in a help text as it is, or in an option table as `port:` or `'port':`. */
const knows = (source: string, flag: string): boolean =>
  source.includes(flag) || new RegExp(`(?:^|[\\s{])'?${flag.slice(2)}'?: \\{ type:`, 'm').test(source);

/** The flags that a line of a page gives to a script of ours that has no such option. */
export const unknownFlags = (line: string, scripts: Readonly<Record<string, string>>): readonly string[] => {
  const entries = scriptsNamed(line).map((name) => entryOf(scripts[name] ?? ''));
  const own = entries.filter((entry) => entry !== undefined);
  if (own.length === 0 || own.length < entries.length) return [];
  const source = own.map((entry) => sourcesOf(entry)).join('\n');
  return flagsIn(line).filter((flag) => !FOREIGN.includes(flag) && !knows(source, flag));
};
