import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { snakeCase } from './names.ts';

/** The files that a service was made of, each with its sum: so `remove:service` sees what was edited since. */
export interface Manifest {
  readonly service: string;
  readonly files: Readonly<Record<string, string>>;
}

export const manifestPath = (service: string): string => `templates/made/${service}.json`;

/** The folder of a service's contract of gRPC, below those of all: as its package is called. */
const grpcFolder = (service: string): string => `grpc/archipelago/${snakeCase(service)}`;

/** The folders that are a service's own. */
export const foldersOf = (service: string): readonly string[] => [
  ...['functions', 'events/contracts', 'events/invoke', 'test/domain', 'test/integration'].map(
    (folder) => `${folder}/${service}`,
  ),
  `events/${grpcFolder(service)}`,
];

/** Where its contracts are kept as they were released. */
export const historyOf = (service: string): readonly string[] => [
  `events/history/${service}`,
  `events/history/${grpcFolder(service)}`,
];

const sumOf = async (root: string, path: string): Promise<string | undefined> => {
  const text = await readFile(join(root, path)).catch(() => undefined);
  return text && createHash('sha256').update(text).digest('hex').slice(0, 16);
};

export const writeManifest = async (root: string, service: string, paths: readonly string[]): Promise<void> => {
  const sums = paths.toSorted().map(async (path) => [path, await sumOf(root, path)] as const);
  const manifest = { service, files: Object.fromEntries(await Promise.all(sums)) };
  await mkdir(dirname(join(root, manifestPath(service))), { recursive: true });
  await writeFile(join(root, manifestPath(service)), `${JSON.stringify(manifest, undefined, 2)}\n`);
};

/** Undefined for a service that was not made from a template. */
export const readManifest = async (root: string, service: string): Promise<Manifest | undefined> => {
  const text = await readFile(join(root, manifestPath(service)), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
};

const filesIn = async (root: string, folder: string): Promise<readonly string[]> => {
  const found = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((each) => each.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    );
};

/** What is not as it was made, one line each. */
export const editsSince = async (root: string, { service, files }: Manifest): Promise<readonly string[]> => {
  const edited = Object.entries(files).map(async ([path, sum]) => {
    const now = await sumOf(root, path);
    if (now === undefined) return [`removed  ${path}`];
    return now === sum ? [] : [`edited   ${path}`];
  });
  const there = (await Promise.all(foldersOf(service).map((folder) => filesIn(root, folder)))).flat();
  const added = there.filter((path) => !Object.hasOwn(files, path)).map((path) => `added    ${path}`);
  return [...(await Promise.all(edited)).flat(), ...added].sort();
};
