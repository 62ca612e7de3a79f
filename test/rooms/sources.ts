import { readdirSync } from 'node:fs';

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|js)$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);

const packages = readdirSync('packages').map((name) => `packages/${name}`);

/** Every source file of the program, tests apart, with forward slashes. */
export const sources: readonly string[] = [
  ...['bin', 'lib', 'functions', 'events'].flatMap(filesIn),
  ...packages.flatMap((folder) => filesIn(`${folder}/src`)),
];

/** The services that new ones are made from; below `templates/<kind>` lies what will lie below the root. */
export const templates: readonly string[] = filesIn('templates');

/** Where a file of a template will lie; other files lie where they are. */
export const made = (path: string): string => path.replace(/^templates\/[^/]+\//, '');

/** The system's own tests; a package's tests belong to the package. */
export const tests: readonly string[] = filesIn('test');
