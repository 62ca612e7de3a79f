import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { MessageContract, QueryContract } from '../../functions/kernel/messages/contract.ts';

export interface PublishedContract {
  /** `orders/order-placed.v1.ts`, below `events/contracts/`. */
  readonly file: string;
  /** Its docstring, on one line. */
  readonly meaning: string;
  readonly contract: MessageContract | QueryContract;
}

const FOLDER = 'events/contracts';
const CONTRACT = /^[^/]+\/[^/]+\.v\d+\.ts$/;
const DOCSTRING = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export const \w+ = define/;

const namesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));

const isContract = (value: unknown): value is MessageContract | QueryContract =>
  typeof value === 'object' && value !== null && 'kind' in value && 'service' in value && 'type' in value;

const load = async (file: string): Promise<PublishedContract> => {
  const path = `${FOLDER}/${file}`;
  const exported: Readonly<Record<string, unknown>> = await import(pathToFileURL(path).href);
  const contract = Object.values(exported).find(isContract);
  const [, docstring] = DOCSTRING.exec(readFileSync(path, 'utf8')) ?? [];
  if (contract === undefined || docstring === undefined)
    throw new Error(`${path} publishes no contract with a docstring`);
  return {
    file,
    contract,
    meaning: docstring
      .replace(/\n\s*\*/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  };
};

/** Every versioned contract of the published language, by service and file name. */
export const publishedContracts = (): Promise<readonly PublishedContract[]> =>
  Promise.all(
    namesBelow(FOLDER)
      .filter((name) => CONTRACT.test(name))
      .sort()
      .map(load),
  );

/** The files of services that import a contract, by its file: `orders/order-placed.v1.ts` → paths from the root. */
export const importersOf = (): ReadonlyMap<string, readonly string[]> => {
  const importers = new Map<string, string[]>();
  for (const name of namesBelow('functions').toSorted()) {
    if (!name.endsWith('.ts')) continue;
    const source = readFileSync(`functions/${name}`, 'utf8');
    for (const [, file = ''] of source.matchAll(/from '(?:\.\.\/)+events\/contracts\/([^']+)'/g)) {
      importers.set(file, [...(importers.get(file) ?? []), `functions/${name}`]);
    }
  }
  return importers;
};
