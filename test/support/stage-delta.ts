import { isDeepStrictEqual } from 'node:util';
import type { Json, TemplateFile } from '@archipelago/house-rules';
import { stringify } from 'yaml';
import { normalTemplate } from './normal-template.ts';

export interface StageTemplates {
  /** What the names of the stage's stacks and resources start with. */
  readonly prefix: string;
  readonly templates: ReadonlyMap<string, TemplateFile>;
}

type JsonObject = { readonly [key: string]: Json };

/** One way in which resources differ, without what is peculiar to each of them. */
interface Difference {
  readonly stack: string;
  /** Construct below the stack: of a service's function, its name. */
  readonly construct: string;
  readonly what: JsonObject;
}

const ABSENT = 'absent';

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const changeOf = (before: Json, after: Json): Json =>
  [before, after].some((value) => typeof value === 'object') ? { from: before, to: after } : `${before} → ${after}`;

const changesOf = (before: Json | undefined, after: Json | undefined, path = ''): readonly [string, Json][] => {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isObject(before) || !isObject(after)) return [[path, changeOf(before ?? ABSENT, after ?? ABSENT)]];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => changesOf(before[key], after[key], path === '' ? key : `${path}.${key}`));
};

const pathOf = (resource: Json, logicalId: string): string => {
  const metadata = isObject(resource) ? resource.Metadata : undefined;
  const path = isObject(metadata) ? metadata['aws:cdk:path'] : undefined;
  return typeof path === 'string' ? path.split('/').slice(1).join('/') : logicalId;
};

/** Names of functions start small; what they are called in logical ids has no dashes. */
const withoutName = (text: string, name: string): string =>
  /^[a-z]/.test(name)
    ? text
        .replaceAll(name, '<function>')
        .replaceAll(new RegExp(`\\b${name.replaceAll('-', '')}(?=[A-Z])`, 'g'), '<function>')
    : text;

/** A digest in a logical id follows from the path. */
const withoutDigests = (text: string): string => text.replaceAll(/(?<=[a-z>])[0-9A-F]{8}\b/g, '');

const differenceAt = (stack: string, path: string, what: JsonObject): Difference => {
  const [construct = '', ...rest] = path.split('/');
  const named = { at: ['<construct>', ...rest].join('/'), ...what };
  const text = withoutDigests(
    withoutName(JSON.stringify(named).replaceAll(`<prefix>-${stack}`, '<prefix>-<stack>'), construct),
  );
  return { stack, construct, what: JSON.parse(text) };
};

/** `Fn::Join` of names and references as `Fn::Sub` spells it, on one line. */
const readable = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(readable);
  if (!isObject(value)) return value;
  const { 'Fn::Join': join, Ref: ref } = value;
  if (typeof ref === 'string') return `\${${ref}}`;
  const [separator, parts] = Array.isArray(join) ? join.map(readable) : [];
  if (typeof separator === 'string' && Array.isArray(parts)) return parts.join(separator);
  const members = Object.entries(value).map(([key, member]): [string, Json] => [key, readable(member)]);
  return Object.fromEntries(
    members.map(([key, member]) => [key, key === 'DependsOn' ? [member].flat().sort() : member]),
  );
};

/** Templates as values that are the same for the same infrastructure, whatever the stage is called. */
const neutral = ({ prefix, templates }: StageTemplates): ReadonlyMap<string, JsonObject> =>
  new Map(
    [...templates].map(([stack, template]) => {
      const text = normalTemplate(template)
        .replaceAll(prefix, '<prefix>')
        .replaceAll(prefix.replaceAll('-', ''), '<prefix>');
      const value = readable(JSON.parse(text));
      return [stack.slice(prefix.length + 1), isObject(value) ? value : {}];
    }),
  );

const resourcesOf = (template: JsonObject | undefined): JsonObject =>
  isObject(template?.Resources) ? template.Resources : {};

const differencesIn = (stack: string, before: JsonObject, after: JsonObject): readonly Difference[] => {
  const { Resources: _before, ...restBefore } = before;
  const { Resources: _after, ...restAfter } = after;
  const was = resourcesOf(before);
  const is = resourcesOf(after);
  const ids = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const others = changesOf(restBefore, restAfter);
  return [
    ...(others.length === 0 ? [] : [differenceAt(stack, '', { changed: Object.fromEntries(others) })]),
    ...ids.flatMap((id) => {
      const [old, now] = [was[id], is[id]];
      const at = pathOf(now ?? old ?? null, id);
      if (old === undefined && isObject(now)) {
        const { Metadata: _path, ...resource } = now;
        return [differenceAt(stack, at, { added: resource })];
      }
      const type = isObject(old) ? old.Type : undefined;
      if (now === undefined) return [differenceAt(stack, at, { removed: type ?? id })];
      const changes = changesOf(old, now);
      return changes.length === 0
        ? []
        : [differenceAt(stack, at, { type: type ?? id, changed: Object.fromEntries(changes) })];
    }),
  ];
};

/** Equal differences of several constructs, once. */
const grouped = (differences: readonly Difference[]): readonly Json[] =>
  [...Map.groupBy(differences, ({ what }) => JSON.stringify(what)).values()].map((alike) => {
    const byStack = Map.groupBy(alike, ({ stack }) => stack);
    const constructs = [...byStack].map(([stack, each]) => [stack, each.map(({ construct }) => construct).join(', ')]);
    return { in: Object.fromEntries(constructs), ...alike[0]?.what };
  });

/** What one stage has other than another, as YAML: each difference with the constructs that have it. */
export const stageDelta = (from: StageTemplates, to: StageTemplates): string => {
  const before = neutral(from);
  const after = neutral(to);
  const gone = [...before.keys()].filter((stack) => !after.has(stack));
  const differences = [...after].flatMap(([stack, template]) =>
    differencesIn(stack, before.get(stack) ?? {}, template),
  );
  return stringify({ 'stacks removed': gone, differences: grouped(differences) }, { lineWidth: 0 });
};
