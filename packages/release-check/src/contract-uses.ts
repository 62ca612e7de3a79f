import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { ContractShapes } from './contract-shapes.ts';
import type { ContractUse, MessageShape, RouteShape } from './rules/release.ts';

interface Source {
  readonly file: string;
  readonly text: string;
}

/** Where messages are sent and taken, and where the API's clients are: programs, other services, black-box tests. */
const FOLDERS = ['bin', 'functions', 'test/e2e'];

const IMPORT = /from\s*['"](\.[^'"]+)['"]/g;

const importsOf = ({ file, text }: Source): readonly string[] =>
  [...text.matchAll(IMPORT)].map(([, path = '']) => posix.join(posix.dirname(file), path));

const serviceOf = (file: string): string | undefined => /^functions\/([^/]+)\//.exec(file)?.[1];

/** Where a service says what it takes: its list of messages, or its handlers in releases that have no such list. */
const TAKING = /\/messages\.contract\.ts$|\/handlers\//;

/** Other services' files; where there are none, the service speaks to itself. */
const messageUsers = (message: MessageShape, sources: readonly Source[]): readonly string[] => {
  const importers = sources.filter((source) => importsOf(source).includes(message.file)).map(({ file }) => file);
  const others = importers.filter((file) => serviceOf(file) !== message.service);
  return others.length > 0 ? others : importers.filter((file) => TAKING.test(file));
};

/** `/orders/{id}/cancel` as it stands in a client's source: a quoted text, its parameters filled in or interpolated; /v1 is the same. */
const pathPattern = (path: string): RegExp => {
  const segments = path
    .split('/')
    .map((segment) =>
      segment.startsWith('{') ? '(?:\\$\\{[^}]+\\}|[\\w.~-]+)' : segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    );
  return new RegExp(`['"\`](?:/v1)?${segments.join('/')}(?=['"\`?])`);
};

const METHOD = /\b(GET|POST|PUT|PATCH|DELETE)\b/;

/** A line with the path and, unless it names no method at all, with the method. */
const calls = ({ key }: RouteShape): ((line: string) => boolean) => {
  const [method = '', path = ''] = key.split(' ');
  const pattern = pathPattern(path);
  return (line) => pattern.test(line) && (!METHOD.test(line) || new RegExp(`\\b${method}\\b`).test(line));
};

const routeUsers = (route: RouteShape, sources: readonly Source[]): readonly string[] => {
  const isCall = calls(route);
  return sources
    .filter(({ file }) => serviceOf(file) !== route.service && serviceOf(file) !== 'gateway')
    .filter(({ file }) => file !== route.file)
    .filter(({ text }) => text.split('\n').some(isCall))
    .map(({ file }) => file);
};

const sourcesBelow = async (root: string): Promise<readonly Source[]> => {
  const found = FOLDERS.map(async (folder) => {
    const names = await readdir(join(root, folder), { recursive: true }).catch(() => []);
    return names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
  });
  const files = (await Promise.all(found)).flat().sort();
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(join(root, file), 'utf8') })));
};

/** Which source files use which contract: by what they import for messages, by the paths they call for routes. */
export const readContractUses = async (
  root: string,
  { messages, routes }: ContractShapes,
): Promise<readonly ContractUse[]> => {
  const sources = await sourcesBelow(root);
  return [
    ...messages.flatMap((message) => messageUsers(message, sources).map((file) => ({ contract: message.type, file }))),
    ...routes.flatMap((route) => routeUsers(route, sources).map((file) => ({ contract: route.key, file }))),
  ];
};
