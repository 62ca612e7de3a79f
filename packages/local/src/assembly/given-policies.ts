import type { Resource, ResourceType } from '../core/emulated-service.ts';
import type { Json } from '../core/json.ts';
import { messageOf } from '../core/thrown.ts';
import type { World } from '../core/world.ts';
import { objectOf, refuse } from './values.ts';

/** One resource gives a holder one policy, unless `name` tells several apart. */
const keyOf = ({ stack, logicalId }: Resource, name?: string): string =>
  [stack, logicalId, ...(name === undefined ? [] : [name])].join('/');

/** A policy of a template, for who has the ARN; one that is no good is refused with the resource that gives it. */
export const givePolicy = (
  { access }: World,
  resource: Resource,
  holderArn: string,
  document: Json | undefined,
  name?: string,
): void => {
  try {
    access.policies.put(holderArn, keyOf(resource, name), objectOf(document));
  } catch (error) {
    throw refuse(resource, messageOf(error), 'correct the policy in the stack that synthesizes it');
  }
};

export const takePolicy = ({ access }: World, resource: Resource, holderArn: string, name?: string): void =>
  access.policies.drop(holderArn, keyOf(resource, name));

/** A type whose resources give policies to holders; what one gave before goes when it changes. */
export const givingType = (
  type: Pick<ResourceType, 'type' | 'honoured' | 'notEmulated' | 'identify'>,
  give: (resource: Resource) => void,
  take: (resource: Resource) => void,
): ResourceType => ({
  ...type,
  create: give,
  update: (resource, before) => {
    take(before);
    give(resource);
    return true;
  },
  remove: take,
});
