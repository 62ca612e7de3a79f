import { isObject, type Json, listOf, type Resource } from '@archipelago/house-rules';
import { describeResource, physicalName } from './physical-name.ts';
import type { DeployRule, Refusal, Release } from './release.ts';
import { replacingProperties } from './replacing-properties.ts';

const attributeTypes = (properties: Resource['properties']): ReadonlyMap<Json, Json> =>
  new Map(
    listOf(properties.AttributeDefinitions)
      .filter(isObject)
      .map(({ AttributeName = '', AttributeType = '' }) => [AttributeName, AttributeType]),
  );

/** A table is replaced as well when an attribute of its keys gets another type. */
const retypedAttributes = (before: Resource, after: Resource): readonly string[] => {
  const later = attributeTypes(after.properties);
  return [...attributeTypes(before.properties)]
    .filter(([name, type]) => later.has(name) && later.get(name) !== type)
    .map(([name]) => `AttributeDefinitions (${name})`);
};

/** Text in which the order of a property's keys says nothing. */
const canonical = (value: Json | undefined): string =>
  JSON.stringify(value, (_key, inner: Json) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  ) ?? '';

const changedOf = (before: Resource, after: Resource): readonly string[] => [
  ...(replacingProperties[before.type] ?? []).filter(
    (property) => canonical(before.properties[property]) !== canonical(after.properties[property]),
  ),
  ...retypedAttributes(before, after),
];

const keeps = ({ deletionPolicy = '' }: Resource): boolean => deletionPolicy.startsWith('Retain');

const fateOf = (resource: Resource): string =>
  keeps(resource)
    ? 'it is retained, but no longer part of the system, and what it holds would not be used'
    : 'what it holds would be lost';

const gone = (stack: string, resource: Resource): Refusal => ({
  subject: `${stack}/${resource.logicalId}`,
  what: `${describeResource(resource)} would be removed`,
  where: `${stack}/${resource.logicalId}`,
  why: fateOf(resource),
  remedy: 'bring it back under its old logical id; move what it holds first if it has served its time',
});

const replaced = (stack: string, resource: Resource, changed: readonly string[]): Refusal => ({
  subject: `${stack}/${resource.logicalId}`,
  what: `${describeResource(resource)} would be replaced`,
  where: `${stack}/${resource.logicalId}, property ${changed.join(', ')}`,
  why: `CloudFormation makes a new, empty one in its place; ${fateOf(resource)}`,
  remedy: `leave ${changed.join(', ')} as deployed; add a second resource, move what the first one holds, then remove it`,
});

const namesIn = ({ stacks }: Release): ReadonlySet<string | undefined> =>
  new Set(stacks.flatMap(({ stack, resources }) => resources.map((each) => physicalName(stack, each))));

/** Tables, queues, buses, archives, pools and their like stay, and stay what they are. */
export const statefulResourcesStay: DeployRule = (before, after) => {
  const later = new Map(after.stacks.map(({ stack, resources }) => [stack, resources]));
  const names = namesIn(after);
  return before.stacks.flatMap(({ stack, resources }) =>
    resources.flatMap((resource) => {
      if (replacingProperties[resource.type] === undefined) return [];
      const now = later.get(stack)?.find(({ logicalId }) => logicalId === resource.logicalId);
      if (now?.type === resource.type) {
        const changed = changedOf(resource, now);
        return changed.length === 0 ? [] : [replaced(stack, resource, changed)];
      }
      // One that is still there under another logical id is the case of `logicalIdsStay`.
      const name = physicalName(stack, resource);
      return name !== undefined && names.has(name) ? [] : [gone(stack, resource)];
    }),
  );
};
