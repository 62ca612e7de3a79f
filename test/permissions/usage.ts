import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Grant, HolderUsage, Used } from '@archipelago/local/testing';

/** The same over all runs. */
export interface Usage {
  /** `users/register-user` of a role, else the ARN. */
  readonly name: string;
  readonly isRole: boolean;
  readonly grants: readonly Grant[];
  readonly used: readonly string[];
  readonly denied: readonly string[];
}

/** Each environment writes to a stream of its own. */
const keyOf = ({ action, resource }: Used): string => `${action} on ${resource.replace(/:log-stream:.*/, ':*')}`;

/** `archipelago-dev-users/register-user/Role` */
const nameOf = ({ arn, construct }: HolderUsage): string =>
  construct === undefined ? arn : construct.replace(/^archipelago-[^-/]+-/, '').replace(/\/Role$/, '');

const merged = (records: readonly HolderUsage[]): Usage | undefined => {
  const [first] = records;
  if (!first) return undefined;
  const grants = new Map<string, Grant>();
  for (const grant of records.flatMap((record) => record.grants)) {
    const known = grants.get(keyOf(grant));
    grants.set(keyOf(grant), { ...grant, used: grant.used || known?.used === true });
  }
  const all = (pick: (record: HolderUsage) => readonly Used[]) => [...new Set(records.flatMap(pick).map(keyOf))].sort();
  return {
    name: nameOf(first),
    isRole: first.arn.includes(':role/'),
    grants: [...grants.values()],
    used: all(({ used }) => used),
    denied: all(({ denied }) => denied),
  };
};

/** Tests run assemblies of others too, which are nothing to judge. */
const isOurs = ({ arn }: HolderUsage): boolean => arn.includes('archipelago-');

/** Puts together what many runs wrote. */
export const usageOf = (runs: readonly (readonly HolderUsage[])[]): readonly Usage[] => {
  const byName = new Map<string, HolderUsage[]>();
  for (const record of runs.flat().filter(isOurs))
    byName.set(nameOf(record), [...(byName.get(nameOf(record)) ?? []), record]);
  return [...byName.values()]
    .map(merged)
    .filter((usage) => usage !== undefined)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
};

const parse = (text: string): readonly HolderUsage[] => JSON.parse(text);

export const readRuns = (folder: string): readonly (readonly HolderUsage[])[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => parse(readFileSync(join(folder, name), 'utf8')));
