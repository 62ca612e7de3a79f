import type { Reason } from './reasons.ts';
import type { Usage } from './usage.ts';

/** What AWS lets be granted for every resource only: their Service Authorization Reference names no resource for them. */
const ANY_RESOURCE = [
  ...['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'servicediscovery:DiscoverInstances'],
  ...['servicediscovery:ListNamespaces', 'servicediscovery:ListServices', 'ecr:GetAuthorizationToken'],
];

const MOST_ACTIONS = 12;

export interface Finding {
  readonly role: string;
  readonly what: string;
}

const fits = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(text);

const explains = ({ role, action, resource = '*' }: Reason, usage: Usage, grant: Usage['grants'][number]): boolean =>
  fits(role, usage.name) && fits(action, grant.action) && fits(resource, grant.resource);

const serviceOf = ({ name }: Usage): string => name.split('/')[0] ?? '';

/** `arn:…:table/archipelago-dev-orders-events` */
const tableOwner = (resource: string): string | undefined =>
  /:table\/archipelago-[^-]+-(.+?)(?:\/|$)/.exec(resource)?.[1];

const isForeign = (usage: Usage, resource: string): boolean => {
  const table = tableOwner(resource);
  return table !== undefined && !table.toLowerCase().startsWith(serviceOf(usage).toLowerCase());
};

const actionsOf = ({ grants }: Usage): number => new Set(grants.map(({ action }) => action)).size;

/** What does not hold of one role, or of one resource with a policy. */
const findingsOf = (usage: Usage, reasons: readonly Reason[]): readonly string[] => {
  const unused = usage.grants.filter(({ used }) => !used);
  const explained = (grant: Usage['grants'][number]) => reasons.some((reason) => explains(reason, usage, grant));
  const any = usage.grants.filter(({ action, resource }) => resource === '*' && !ANY_RESOURCE.includes(action));
  return [
    ...usage.denied.map((denied) => `denied: ${denied}`),
    ...unused
      .filter((grant) => !explained(grant))
      .map(({ action, resource }) => `never used: ${action} on ${resource}`),
    ...any.filter((grant) => !explained({ ...grant, used: false })).map(({ action }) => `${action} on every resource`),
    ...(actionsOf(usage) > MOST_ACTIONS ? [`${actionsOf(usage)} actions, more than ${MOST_ACTIONS}`] : []),
    ...usage.grants
      .filter(({ resource }) => isForeign(usage, resource))
      .map(({ resource }) => `not its own: ${resource}`),
  ];
};

/** Everything that does not hold. */
export const judge = (usages: readonly Usage[], reasons: readonly Reason[]): readonly Finding[] =>
  usages.flatMap((usage) => findingsOf(usage, reasons).map((what) => ({ role: usage.name, what })));

/** Reasons for what these runs used: what chance decides is used in one run and not in the next. */
export const needless = (usages: readonly Usage[], reasons: readonly Reason[]): readonly Reason[] =>
  reasons.filter(
    (reason) =>
      !usages.some((usage) =>
        usage.grants.some((grant) => (!grant.used || grant.resource === '*') && explains(reason, usage, grant)),
      ),
  );
