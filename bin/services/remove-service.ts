import { readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { parseArgs } from 'node:util';
import { writeGenerated } from './generated.ts';
import { LIST } from './list.ts';
import { editsSince, foldersOf, historyOf, type Manifest, manifestPath, readManifest } from './manifest.ts';
import { argumentsOf, command, ServiceProblem } from './problem.ts';
import { git } from './run.ts';

const HELP = `Takes a service out that npm run new:service made. Afterwards the tree is as it was before.

  npm run remove:service -- NAME [options]

  --edited   also when its files were edited, or files were added; git keeps what was committed
  --help     print this

It refuses a service whose contracts others use, and one whose events were released: a tag, or a branch of a remote, has them.`;

const options = {
  edited: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const BY_HAND = 'docs/adding-a-service.md, “A service that is in use”, says how to take it out in steps';

const requireMade = async (root: string, service: string): Promise<Manifest> => {
  const manifest = await readManifest(root, service);
  if (manifest) return manifest;
  throw new ServiceProblem(
    `${manifestPath(service)} is not there: no service of that name was made from a template`,
    BY_HAND,
  );
};

const requireUnedited = async (root: string, manifest: Manifest): Promise<void> => {
  const edits = await editsSince(root, manifest);
  if (edits.length === 0) return;
  throw new ServiceProblem(
    `these files of ${manifest.service} are not as they were made:\n  ${edits.join('\n  ')}`,
    `commit what you want to keep, then: npm run remove:service -- ${manifest.service} --edited`,
  );
};

const IMPORTED = /(?:\bfrom |\bimport\(|\bimport )'(\.[^']*)'/g;

/** What a contract of gRPC imports, from the folder of all of them. */
const IMPORTED_PROTO = /^import (?:public )?"([^"]+)"/gm;
const PROTOS = 'events/grpc';

const importsOf = (path: string, text: string): readonly string[] =>
  path.endsWith('.proto')
    ? [...text.matchAll(IMPORTED_PROTO)].map(([, to = '']) => `${PROTOS}/${to}`)
    : [...text.matchAll(IMPORTED)].map(([, to = '']) => posix.join(posix.dirname(path), to));

/** The sources of others that import something of a service. */
const usersOf = async (root: string, { service, files }: Manifest): Promise<readonly string[]> => {
  const isOwn = (path: string) =>
    Object.hasOwn(files, path) || foldersOf(service).some((folder) => path.startsWith(`${folder}/`));
  const users: string[] = [];
  for (const folder of ['bin', 'lib', 'functions', 'events', 'test']) {
    const names = await readdir(join(root, folder), { recursive: true });
    for (const name of names.filter((each) => /\.(ts|proto)$/.test(each))) {
      const path = `${folder}/${name.replaceAll('\\', '/')}`;
      if (isOwn(path) || path === LIST || path.startsWith('events/history/')) continue;
      if (importsOf(path, await readFile(join(root, path), 'utf8')).some(isOwn)) users.push(path);
    }
  }
  return users.sort();
};

const requireUnused = async (root: string, manifest: Manifest): Promise<void> => {
  const users = await usersOf(root, manifest);
  if (users.length === 0) return;
  throw new ServiceProblem(
    `others use ${manifest.service}:\n  ${users.join('\n  ')}`,
    'take it out of them first, release that, and come back',
  );
};

/** A tag or a remote's branch is what others may have deployed. */
const requireUnreleased = async (root: string, { service }: Manifest): Promise<void> => {
  const commit = await git(root, 'log', '-1', '--format=%h', '--tags', '--remotes', '--', ...historyOf(service));
  if (commit === '') return;
  const refs = await git(
    root,
    'for-each-ref',
    '--format=%(refname:short)',
    '--contains',
    commit,
    'refs/tags',
    'refs/remotes',
  );
  throw new ServiceProblem(
    `the events and routes of ${service} were released: ${refs.split('\n').join(', ')}`,
    `messages of it may lie in queues and in the archive; ${BY_HAND}`,
  );
};

const isEmpty = (folder: string): Promise<boolean> =>
  readdir(folder).then(
    (names) => names.length === 0,
    () => false,
  );

const removeFiles = async (root: string, { service, files }: Manifest): Promise<void> => {
  for (const folder of [...foldersOf(service), ...historyOf(service)])
    await rm(join(root, folder), { recursive: true, force: true });
  for (const path of [...Object.keys(files), manifestPath(service)]) await rm(join(root, path), { force: true });
  const made = dirname(join(root, manifestPath(service)));
  if (await isEmpty(made)) await rmdir(made);
};

const afterwards = (service: string): string => `${service} is removed.
Where it was deployed, its stack is still there; this checkout does not know it any more:
  aws cloudformation delete-stack --stack-name archipelago-dev-${service}
In dev its table goes with the stack. In prod the stack is protected, and its table and log groups stay when it goes: see
docs/deploying.md, “One service at a time”.`;

const main = async (root: string, args: readonly string[]): Promise<void> => {
  const { values, positionals } = argumentsOf('remove:service', () =>
    parseArgs({ args: [...args], options, allowPositionals: true }),
  );
  if (values.help) return console.log(HELP);
  const [service, ...more] = positionals;
  if (service === undefined || more.length > 0)
    throw new ServiceProblem('name one service', 'npm run remove:service -- reviews');
  const manifest = await requireMade(root, service);
  await requireUnused(root, manifest);
  await requireUnreleased(root, manifest);
  if (!values.edited) await requireUnedited(root, manifest);
  await removeFiles(root, manifest);
  await writeGenerated(root, (line) => console.log(`  ${line}`));
  return console.log(afterwards(service));
};

await command('remove:service', () => main(dirname(dirname(import.meta.dirname)), process.argv.slice(2)));
