import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ContractShapes } from './contract-shapes.ts';
import type { MessageShape, RouteShape } from './rules/release.ts';

const HISTORY = 'events/history';

/** `events/contracts/orders/order-placed.v1.ts` → `events/history/orders/order-placed.v1.json` */
const messagePath = ({ file }: MessageShape): string =>
  file.replace(/^events\/contracts\//, `${HISTORY}/`).replace(/\.ts$/, '.json');

const routesPath = (service: string): string => `${HISTORY}/${service}/routes.json`;

const text = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** The files that contracts leave in the history: one for each version of a message, one for each service's routes. */
export const historyOf = ({ messages, routes }: ContractShapes): ReadonlyMap<string, string> => {
  const byService = Map.groupBy(routes, ({ service }) => service);
  return new Map([
    ...messages.map((message): [string, string] => [messagePath(message), text(message)]),
    ...[...byService].map(([service, own]): [string, string] => [routesPath(service), text(own)]),
  ]);
};

/** The committed files by path, as they are. */
export const readHistoryFiles = async (root: string): Promise<ReadonlyMap<string, string>> => {
  const names = await readdir(join(root, HISTORY), { recursive: true }).catch(() => []);
  const paths = names
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${HISTORY}/${name.replaceAll('\\', '/')}`)
    .sort();
  return new Map(
    await Promise.all(
      paths.map(async (path): Promise<[string, string]> => [path, await readFile(join(root, path), 'utf8')]),
    ),
  );
};

/** The contracts as they were when the history was last written. */
export const shapesIn = (files: ReadonlyMap<string, string>): ContractShapes => {
  const messages: MessageShape[] = [];
  const routes: RouteShape[] = [];
  for (const [path, contents] of files) {
    if (path.endsWith('/routes.json')) routes.push(...JSON.parse(contents));
    else messages.push(JSON.parse(contents));
  }
  return { messages, routes };
};

/** Makes the history what the contracts are; answers the paths that changed. */
export const writeHistory = async (root: string, shapes: ContractShapes): Promise<readonly string[]> => {
  const [before, after] = [await readHistoryFiles(root), historyOf(shapes)];
  const gone = [...before.keys()].filter((path) => !after.has(path));
  const changed = [...after].filter(([path, contents]) => before.get(path) !== contents);
  for (const path of gone) await rm(join(root, path));
  for (const [path, contents] of changed) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), contents);
  }
  return [...gone, ...changed.map(([path]) => path)];
};
