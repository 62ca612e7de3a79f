import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { camelCase } from '../../bin/services/names.ts';
import type { MessageContract, QueryContract } from '../../functions/kernel/messages/contract.ts';
import type { ServiceMessages } from '../../functions/kernel/messages/service-messages.ts';

export interface PublishedContract {
  /** `orders/order-placed.v1.ts`, below `events/contracts/`. */
  readonly file: string;
  /** Its docstring, on one line. */
  readonly meaning: string;
  readonly contract: MessageContract | QueryContract;
}

const FOLDER = 'events/contracts';

export const messagesFile = (service: string): string => `functions/${service}/messages.contract.ts`;

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

/** By service, what its `messages.contract.ts` says; a service without messages has none. */
export const messagesByService = async (): Promise<ReadonlyMap<string, ServiceMessages>> => {
  const services = readdirSync('functions').filter((name) => existsSync(messagesFile(name)));
  const loaded = services.sort().map(async (service): Promise<[string, ServiceMessages]> => {
    const exported: Readonly<Record<string, ServiceMessages>> = await import(pathToFileURL(messagesFile(service)).href);
    const messages = exported[`${camelCase(service)}Messages`];
    if (messages === undefined) throw new Error(`${messagesFile(service)} exports no ${service}Messages`);
    return [service, messages];
  });
  return new Map(await Promise.all(loaded));
};
