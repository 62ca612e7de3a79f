import type { Identity, Resource, ResourceType } from '../core/emulated-service.ts';
import { isList, isObject, type Json, type JsonObject } from '../core/json.ts';
import { StartError } from '../core/start-error.ts';
import type { Assembly, Stack, TemplateResource } from './assembly.ts';
import { evaluateCondition } from './conditions.ts';
import type { Graph, Place, UnknownResource } from './graph.ts';
import { evaluate } from './intrinsics.ts';
import { placeholderIdentity } from './placeholder-identity.ts';
import type { PropertyPath, Scope } from './scope.ts';
import { stackScope } from './stack-scope.ts';

export interface ExistingResource {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly written: TemplateResource;
}

/** A property of a known resource that reads something of an unknown one. */
export interface Reference {
  readonly from: Resource;
  readonly at: PropertyPath;
  readonly to: UnknownResource;
}

/** Every resource with its intrinsics resolved, each after the ones it refers to. */
export interface ResolvedAssembly {
  readonly resources: readonly (Resource & { readonly identity: Identity })[];
  readonly unknown: readonly UnknownResource[];
  readonly references: readonly Reference[];
}

const cycleError = (path: readonly string[]) =>
  new StartError(
    `these resources wait for one another: ${path.join(' → ')}`,
    path[0] ?? '',
    'break the circle in the stacks: pass a name that is known before instead of a reference',
  );

/** Each condition is evaluated once. */
const createConditions = (scopeOf: (stack: Stack, where: string) => Scope) => {
  const known = new Map<string, boolean>();
  return (stack: Stack, name: string): boolean => {
    const key = `${stack.name}/${name}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const scope = scopeOf(stack, key);
    const holds = evaluateCondition(stack.conditions[name], scope, (value: Json) => evaluate(value, scope, []));
    known.set(key, holds);
    return holds;
  };
};

const propertiesOf = ({ properties }: TemplateResource, scope: Scope): Readonly<Record<string, Json>> => {
  const resolved: Record<string, Json> = {};
  for (const [name, value] of Object.entries(properties)) {
    const property = evaluate(value, scope, [name]);
    if (property !== undefined) resolved[name] = property;
  }
  return resolved;
};

/** A list of `{Key, Value}`, or an object; most types have the first. */
const tagsIn = ({ Tags }: JsonObject): Readonly<Record<string, string>> => {
  const listed = isList(Tags) ? Tags.filter(isObject).map(({ Key, Value }) => [String(Key), String(Value)]) : undefined;
  return Object.fromEntries(
    listed ?? (isObject(Tags) ? Object.entries(Tags).map(([key, value]) => [key, String(value)]) : []),
  );
};

const existingIn = (
  { stacks }: Assembly,
  exists: (stack: Stack, logicalId: string) => boolean,
): readonly ExistingResource[] =>
  stacks.flatMap((stack) =>
    [...stack.resources]
      .filter(([logicalId]) => exists(stack, logicalId))
      .map(([logicalId, written]) => ({ stack, logicalId, written })),
  );

const unknownIn = (
  existing: readonly ExistingResource[],
  types: ReadonlyMap<string, ResourceType>,
): readonly UnknownResource[] =>
  existing
    .filter(({ written }) => !types.has(written.type))
    .map(({ stack, logicalId, written }) => ({ stack: stack.name, logicalId, type: written.type }));

/** An assembly whose resources exist, before and after their intrinsics are resolved. */
export interface ResourceGraph {
  /** Every resource whose condition holds, as written. */
  readonly existing: readonly ExistingResource[];
  resolve(): ResolvedAssembly;
}

/**
 * Resolves by demand: a reference resolves what it names first, so the order of completion is the order of creation,
 * across stacks, outputs, exports and SSM parameters alike, and a circle is found where it closes.
 */
export const createResourceGraph = (
  assembly: Assembly,
  types: ReadonlyMap<string, ResourceType>,
  place: Place,
): ResourceGraph => {
  const settled = new Map<string, Resource & { readonly identity: Identity }>();
  const underway = new Map<string, Resource>();
  const references: Reference[] = [];
  const byName = new Map(assembly.stacks.map((stack) => [stack.name, stack]));

  const conditionOf = createConditions((stack, where) => stackScope(graph, stack, where));

  const exists = (stack: Stack, logicalId: string) => {
    const written = stack.resources.get(logicalId);
    return written !== undefined && (!written.condition || conditionOf(stack, written.condition));
  };

  const settle = (stack: Stack, logicalId: string, written: TemplateResource, type: ResourceType): Identity => {
    const key = `${stack.name}/${logicalId}`;
    const done = settled.get(key);
    if (done) return done.identity;
    if (underway.has(key)) {
      const path = [...underway.keys()];
      throw cycleError([...path.slice(path.indexOf(key)), key]);
    }
    const head = { stack: stack.name, logicalId, type: written.type, metadata: written.metadata };
    underway.set(key, { ...head, properties: {} });
    for (const name of written.dependsOn) if (exists(stack, name)) identityOf(stack, name, ['DependsOn']);
    const properties = propertiesOf(written, stackScope(graph, stack, key));
    const resource = { ...head, properties, tags: { ...stack.tags, ...tagsIn(properties) } };
    const identity = type.identify(resource);
    underway.delete(key);
    settled.set(key, { ...resource, identity });
    return identity;
  };

  const identityOf = (stack: Stack, logicalId: string, at: PropertyPath): Identity => {
    const written = stack.resources.get(logicalId);
    if (!written) throw new StartError(`there is no resource ${logicalId}`, stack.file, 'synthesize again');
    const type = types.get(written.type);
    if (type) return settle(stack, logicalId, written, type);
    const to = { stack: stack.name, logicalId, type: written.type };
    const from = [...underway.values()].at(-1);
    if (from && at[0] !== 'DependsOn') references.push({ from, at, to });
    return placeholderIdentity(to, place);
  };

  const graph: Graph = {
    stack: (name) => byName.get(name),
    stacks: assembly.stacks,
    identityOf,
    exists,
    condition: conditionOf,
    place,
  };

  const existing = existingIn(assembly, exists);
  const unknown = unknownIn(existing, types);

  return {
    existing,
    resolve: () => {
      for (const { stack, logicalId, written } of existing) {
        if (types.has(written.type)) identityOf(stack, logicalId, []);
      }
      return { resources: [...settled.values()], unknown, references };
    },
  };
};
