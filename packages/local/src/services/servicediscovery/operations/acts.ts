import { textOf } from '../../../assembly/values.ts';
import type { Act } from '../../../core/access.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import type { Directory } from '../state/directory.ts';

/** Operations that policies allow for every resource or for none. */
const OF_NO_RESOURCE = [
  'DiscoverInstances',
  'DiscoverInstancesRevision',
  'ListNamespaces',
  'ListServices',
  'GetOperation',
];

const TAG = 'aws:resourcetag/';

/** Keys of tags are compared as they are, though the names of condition keys know no case. */
const tagOf = (tags: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.entries(tags).find(([name]) => name.toLowerCase() === key.slice(TAG.length))?.[1];

/** What a call of Cloud Map does, as IAM names it. */
export const cloudMapActs = (
  { partition, region, account }: World,
  directory: Directory,
  operation: string,
  input: JsonObject,
): readonly Act[] => {
  const id = textOf(input.ServiceId) ?? textOf(input.Id);
  const named = id?.split('/').at(-1);
  const service = directory.services().find((each) => each.id === named);
  const kind = named?.startsWith('ns-') ? 'namespace' : 'service';
  const arn = `arn:${partition}:servicediscovery:${region}:${account}:${kind}/${named}`;
  const keys: Readonly<Record<string, string | undefined>> = {
    'servicediscovery:namespacename': textOf(input.NamespaceName) ?? service?.namespace.name,
    'servicediscovery:servicename': textOf(input.ServiceName) ?? service?.name,
    'servicediscovery:servicearn': service?.arn,
  };
  return [
    {
      action: `servicediscovery:${operation}`,
      resource: named === undefined || OF_NO_RESOURCE.includes(operation) ? '*' : arn,
      context: (key) => (key.startsWith(TAG) ? tagOf(service?.tags ?? {}, key) : keys[key]),
    },
  ];
};
