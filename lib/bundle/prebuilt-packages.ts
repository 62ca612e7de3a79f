import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { writeWhenChanged } from './write-when-changed.ts';

/** Which names of each package edge and adapters import. */
type Imports = ReadonlyMap<string, ReadonlySet<string>>;

/** The rooms that may import packages with named imports; everything else has the schema library at most. */
const ROOMS = ['functions/adapters', 'functions/edge'];

const FOLDER = 'build/packages';
const CREDENTIALS = 'functions/adapters/aws/lambda-credentials.ts';

const IMPORT = /^import\s+(?!type\b)(?:(\w+)\s*,?\s*)?(?:\{([^}]*)\}\s*)?from\s+'([^'.][^']*)'/gm;

/** Packages of gRPC: they are few functions' own, import one another, and must be there once. */
const TOGETHER = /^@(?:bufbuild|connectrpc)\//;

const importsIn = (source: string): readonly (readonly [string, readonly string[]])[] =>
  [...source.matchAll(IMPORT)]
    .map(([, whole, list = '', name = '']) => {
      const named = list.split(',').map((part) => part.trim().split(/\s+as\s+/)[0] ?? '');
      const values = named.filter((each) => each !== '' && !each.startsWith('type '));
      return [name, whole === undefined ? values : ['default', ...values]] as const;
    })
    .filter(([name, values]) => !name.startsWith('node:') && !TOGETHER.test(name) && values.length > 0);

const sourcesOfRooms = async (root: string): Promise<readonly string[]> => {
  const listed = await Promise.all(
    ROOMS.map(async (room) => {
      const files = await readdir(join(root, room), { recursive: true }).catch(() => []);
      return files.map((file) => `${room}/${file.replaceAll('\\', '/')}`);
    }),
  );
  return listed.flat().filter((file) => file.endsWith('.ts'));
};

const importsOfRooms = async (root: string): Promise<Imports> => {
  const imports = new Map<string, Set<string>>();
  const sources = await Promise.all(
    [...(await sourcesOfRooms(root))].sort().map((file) => readFile(join(root, file), 'utf8')),
  );
  for (const [name, values] of sources.flatMap(importsIn)) {
    imports.set(name, new Set([...(imports.get(name) ?? []), ...values]));
  }
  return new Map([...imports].sort(([a], [b]) => (a < b ? -1 : 1)));
};

const fileOf = (name: string): string => name.replace(/[^a-z0-9]+/gi, '-').replace(/^-/, '');

const keyOf = async (root: string, imports: Imports): Promise<string> => {
  const hash = createHash('sha256').update(JSON.stringify([...imports].map(([name, values]) => [name, [...values]])));
  for (const file of ['package-lock.json', CREDENTIALS]) hash.update(await readFile(join(root, file)));
  return hash.digest('hex');
};

const prebuild = async (root: string, imports: Imports): Promise<void> => {
  await rm(join(root, FOLDER), { recursive: true, force: true });
  const entries = [...imports].map(async ([name, values]) => {
    const entry = `${FOLDER}/entries/${fileOf(name)}.js`;
    await writeWhenChanged(root, entry, `export { ${[...values].sort().join(', ')} } from '${name}';\n`);
    return { in: entry, out: fileOf(name) };
  });
  await build({
    absWorkingDir: root,
    entryPoints: await Promise.all(entries),
    outdir: FOLDER,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    // A linked node_modules gives the code that one in place gives.
    preserveSymlinks: true,
    alias: { '@aws-sdk/credential-provider-node': join(root, CREDENTIALS) },
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'silent',
  });
  // Lets a bundle leave out what it does not use, as the packages' own package.json say.
  await writeWhenChanged(root, `${FOLDER}/package.json`, '{ "type": "module", "sideEffects": false }\n');
};

/**
 * Bundles the packages that edge and adapters import once, instead of once per function: a function then links some 20 files
 * instead of 500, which takes a third of the time. They depend on the lock file and on those two alone, so no service
 * changes another's bundle. Answers where each package lies, for esbuild's `alias`.
 */
export const prebuiltPackages = async (root: string): Promise<Readonly<Record<string, string>>> => {
  const imports = await importsOfRooms(root);
  if (imports.size === 0) return {};
  const key = await keyOf(root, imports);
  const known = await readFile(join(root, FOLDER, 'key'), 'utf8').catch(() => undefined);
  if (known !== key) {
    await prebuild(root, imports);
    await writeWhenChanged(root, `${FOLDER}/key`, key);
  }
  return Object.fromEntries([...imports.keys()].map((name) => [name, join(root, FOLDER, `${fileOf(name)}.js`)]));
};
