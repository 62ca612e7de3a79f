import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Used {
  readonly action: string;
  readonly resource: string;
}

interface Grant extends Used {
  readonly used: boolean;
}

/** What a runtime wrote of one role, or of one resource with a policy; see the package's README, "Permissions". */
export interface Recorded {
  readonly arn: string;
  readonly construct?: string;
  readonly grants: readonly Grant[];
  readonly used: readonly Used[];
  readonly denied: readonly Used[];
}

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
const nameOf = ({ arn, construct }: Recorded): string =>
  construct === undefined ? arn : construct.replace(/^archipelago-[^-/]+-/, '').replace(/\/Role$/, '');

const merged = (records: readonly Recorded[]): Usage | undefined => {
  const [first] = records;
  if (!first) return undefined;
  const grants = new Map<string, Grant>();
  for (const grant of records.flatMap((record) => record.grants)) {
    const known = grants.get(keyOf(grant));
    grants.set(keyOf(grant), { ...grant, used: grant.used || known?.used === true });
  }
  const all = (pick: (record: Recorded) => readonly Used[]) => [...new Set(records.flatMap(pick).map(keyOf))].sort();
  return {
    name: nameOf(first),
    isRole: first.arn.includes(':role/'),
    grants: [...grants.values()],
    used: all(({ used }) => used),
    denied: all(({ denied }) => denied),
  };
};

/** Tests run assemblies of others too, which are nothing to judge. */
const isOurs = ({ arn }: Recorded): boolean => arn.includes('archipelago-');

/** Puts together what many runs wrote. */
export const usageOf = (runs: readonly (readonly Recorded[])[]): readonly Usage[] => {
  const byName = new Map<string, Recorded[]>();
  for (const record of runs.flat().filter(isOurs))
    byName.set(nameOf(record), [...(byName.get(nameOf(record)) ?? []), record]);
  return [...byName.values()]
    .map(merged)
    .filter((usage) => usage !== undefined)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
};

const parse = (text: string): readonly Recorded[] => JSON.parse(text);

export const readRuns = (folder: string): readonly (readonly Recorded[])[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => parse(readFileSync(join(folder, name), 'utf8')));
