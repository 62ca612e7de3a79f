import { isDeepStrictEqual } from 'node:util';
import type { PropertyVerdicts } from '../assembly/coverage.ts';
import type { Resource, ResourceType } from '../core/emulated-service.ts';
import { messageOf } from '../core/thrown.ts';

/** What a newly synthesized assembly did to the running system. */
export interface Changes {
  readonly created: readonly Resource[];
  readonly changed: readonly Resource[];
  readonly removed: readonly Resource[];
  /** What stays as it was until the next start, and why. */
  readonly stale: readonly { readonly resource: Resource; readonly reason: string }[];
}

export interface Applied extends Changes {
  /** What exists now; a stale resource as it was. */
  readonly resources: readonly Resource[];
}

type Types = ReadonlyMap<string, ResourceType>;
type Verdicts = ReadonlyMap<string, PropertyVerdicts>;
type Collected = { -readonly [K in keyof Applied]: Applied[K][number][] };

const keyOf = ({ stack, logicalId }: Resource): string => `${stack}/${logicalId}`;

/** The properties that have an effect here; two resources that differ in others only are the same. */
const effectOf = ({ type, properties }: Resource, verdicts: Verdicts) => {
  const known = verdicts.get(type);
  return Object.entries(properties)
    .filter(([name]) => known?.verdictOf([name]).kind !== 'notEmulated')
    .sort(([a], [b]) => a.localeCompare(b));
};

const isReplaced = (now: Resource, before: Resource): boolean =>
  now.type !== before.type || now.identity?.ref !== before.identity?.ref;

/** Answers whether anything changed; throws when it cannot be taken over. */
const update = async (type: ResourceType, now: Resource, before: Resource): Promise<boolean> => {
  if (type.update) return type.update(now, before);
  if (!type.repeatable) throw new Error('its settings changed');
  await type.create?.(now);
  return true;
};

const settle = async (
  done: Collected,
  now: Resource,
  before: Resource | undefined,
  types: Types,
  verdicts: Verdicts,
) => {
  const type = types.get(now.type);
  if (
    !type?.create ||
    (before && !isReplaced(now, before) && isDeepStrictEqual(effectOf(now, verdicts), effectOf(before, verdicts)))
  ) {
    done.resources.push(now);
    return;
  }
  try {
    if (!before || isReplaced(now, before)) {
      await type.create(now);
      done.created.push(now);
    } else if (await update(type, now, before)) {
      done.changed.push(now);
    }
    done.resources.push(now);
  } catch (error) {
    done.stale.push({ resource: now, reason: messageOf(error) });
    if (before) done.resources.push(before);
  }
};

/** `follower` is what has its place in the template now, under another name. */
const end = async (done: Collected, resource: Resource, follower: Resource | undefined, types: Types) => {
  const type = types.get(resource.type);
  if (!type?.create) return;
  try {
    if (!type.remove)
      throw new Error(`${follower ? 'it has another name now' : 'it is no longer in its stack'}, and stays`);
    await type.remove(resource);
    done.removed.push(resource);
  } catch (error) {
    done.stale.push({ resource, reason: messageOf(error) });
    if (!follower) done.resources.push(resource);
  }
};

/**
 * Brings a running system to the resources of another assembly: what is the same is not touched, so it keeps its data;
 * what is new is created and what changed is taken over, in order of dependence; what is gone is removed, the other way
 * round. A resource that cannot follow is left as it is and named.
 */
export const applyChanges = async (
  before: readonly Resource[],
  now: readonly Resource[],
  types: Types,
  verdicts: Verdicts,
): Promise<Applied> => {
  const earlier = new Map(before.map((resource) => [keyOf(resource), resource]));
  const done: Collected = { created: [], changed: [], removed: [], stale: [], resources: [] };
  for (const resource of now) await settle(done, resource, earlier.get(keyOf(resource)), types, verdicts);
  const kept = new Map(now.map((resource) => [keyOf(resource), resource]));
  for (const resource of before.toReversed()) {
    const follower = kept.get(keyOf(resource));
    if (!follower || isReplaced(follower, resource)) await end(done, resource, follower, types);
  }
  return done;
};
