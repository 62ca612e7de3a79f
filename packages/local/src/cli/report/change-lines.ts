import type { Resource } from '../../core/emulated-service.ts';
import type { Changes } from '../../runtime/apply-changes.ts';

const NAMES = ['RouteKey', 'FunctionName', 'QueueName', 'TableName', 'RuleName', 'Name'];

/** As its author named it, else its logical id. */
const nameOf = ({ logicalId, properties }: Resource): string =>
  NAMES.map((name) => properties[name]).find((value) => typeof value === 'string') ?? logicalId;

/** `AWS::SQS::Queue` as `SQS Queue`. */
const typeOf = ({ type }: Resource): string => type.split('::').slice(1).join(' ');

const MOST_NAMES = 3;

/** `2 SQS Queue (letters, parcels), 1 Lambda Function (greet)`. */
const listed = (resources: readonly Resource[]): string =>
  [...Map.groupBy(resources, typeOf)]
    .map(([type, found]) => {
      const names = found.slice(0, MOST_NAMES).map(nameOf).join(', ');
      return `${found.length} ${type} (${names}${found.length > MOST_NAMES ? ', …' : ''})`;
    })
    .join(', ');

const plural = (paths: readonly string[]): string =>
  paths.length > MOST_NAMES ? `${paths.length} files` : paths.join(', ');

/** What became of an edited stack or contract: one line, and one more for what stays as it was. */
export const changeLines = (
  sources: readonly string[],
  { created, changed, removed, stale }: Changes,
  durationMs: number,
  startCommand: string,
): { readonly applied: string; readonly stale: string | undefined } => {
  const parts = [
    ...(created.length > 0 ? [`new ${listed(created)}`] : []),
    ...(changed.length > 0 ? [`changed ${listed(changed)}`] : []),
    ...(removed.length > 0 ? [`removed ${listed(removed)}`] : []),
  ];
  const what = parts.length > 0 ? `applied: ${parts.join('; ')}` : 'no resource changed';
  const reasons = stale.map(({ resource, reason }) => `${typeOf(resource)} ${nameOf(resource)} (${reason})`);
  return {
    applied: `${plural(sources)} synthesized in ${(durationMs / 1000).toFixed(1)} s, ${what}`,
    stale:
      reasons.length === 0 ? undefined : `not applied: ${reasons.join('; ')}. To apply it, restart ${startCommand}`,
  };
};
