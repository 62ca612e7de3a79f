import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { renamed, type ServiceNames } from './names.ts';

/** Below each lies what will lie below the root. */
export const FUNCTIONS_TEMPLATE = 'templates/functions';
export const CONTAINER_TEMPLATE = 'templates/container';

/** Sources, contracts of gRPC and what an image is made of. Code that is generated from a contract is generated again. */
const isOfTemplate = (path: string): boolean => /\.(ts|proto)$|\/Dockerfile$/.test(path) && !/_pb\.ts$/.test(path);

const RELATIVE_IMPORT = /(\bfrom |\bimport\()'(\.[^']*)'/g;

/** The same imports in a file that lies where it will: what is in the template comes along, the rest is where it was. */
const withMovedImports = (text: string, from: string, template: string): string =>
  text.replace(RELATIVE_IMPORT, (_, before: string, specifier: string) => {
    const target = posix.join(posix.dirname(`${template}/${from}`), specifier).replace(`${template}/`, '');
    const path = posix.relative(posix.dirname(from), target);
    return `${before}'${path.startsWith('.') ? path : `./${path}`}'`;
  });

/** The files of a service by path from the root, not formatted yet. */
export const serviceFiles = async (
  root: string,
  names: ServiceNames,
  template: string,
): Promise<ReadonlyMap<string, string>> => {
  const found = await readdir(join(root, template), { recursive: true });
  const paths = found.map((path) => path.replaceAll('\\', '/')).filter(isOfTemplate);
  const files = paths.sort().map(async (path): Promise<[string, string]> => {
    const text = await readFile(join(root, template, path), 'utf8');
    return [renamed(path, names), renamed(withMovedImports(text, path, template), names)];
  });
  return new Map(await Promise.all(files));
};

/** Comments apart, every word that the template's own code uses. */
export const wordsOfTemplate = async (root: string, template: string): Promise<ReadonlySet<string>> => {
  const found = await readdir(join(root, template), { recursive: true });
  const texts = await Promise.all(
    found.filter((path) => path.endsWith('.ts')).map((path) => readFile(join(root, template, path), 'utf8')),
  );
  const code = texts.join('\n').replace(/\/\*[\s\S]*?\*\/|'[^'\n]*'/g, '');
  return new Set(code.match(/[A-Za-z_]\w*/g));
};
