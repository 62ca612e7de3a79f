import { isList, isObject, type Json } from '../../../core/json.ts';
import type { Envelope } from './event-bus.ts';
import type { Rule, TargetInput } from './rule.ts';

const STEP = /\.([^.[\]]+)|\[(\d+)\]|\['([^']+)'\]/g;

/** The value at a path such as `$.detail.items[0]['sku']`; undefined when the event has none. */
const valueAt = (event: Json, path: string): Json | undefined => {
  let value: Json | undefined = event;
  for (const [, name, index, quoted] of path.slice(1).matchAll(STEP)) {
    const key = name ?? quoted;
    if (key !== undefined) value = isObject(value) ? value[key] : undefined;
    else value = isList(value) ? value[Number(index)] : undefined;
  }
  return value;
};

export interface PayloadContext {
  readonly rule: Pick<Rule, 'name' | 'arn'>;
  readonly envelope: Envelope;
  readonly ingestedAtMs: number;
}

const predefined = ({ rule, envelope, ingestedAtMs }: PayloadContext): Readonly<Record<string, Json>> => {
  const { detail: _detail, ...withoutDetail } = envelope;
  return {
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
    'aws.events.event.ingestion-time': new Date(ingestedAtMs).toISOString(),
    'aws.events.event': withoutDetail,
    'aws.events.event.json': envelope,
  };
};

const insideString = (template: string, position: number): boolean => {
  let quotes = 0;
  for (let at = 0; at < position; at++) {
    if (template[at] === '\\') at++;
    else if (template[at] === '"') quotes++;
  }
  return quotes % 2 === 1;
};

/** Inside quotes a string stands bare, and objects lose their own quotes, as EventBridge does it. */
const rendered = (value: Json | undefined, quoted: boolean): string => {
  if (!quoted) return JSON.stringify(value ?? null);
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return JSON.stringify(value).slice(1, -1);
  return JSON.stringify(value).replaceAll('"', '');
};

const fillTemplate = (template: string, paths: Readonly<Record<string, string>>, context: PayloadContext): string => {
  const known = predefined(context);
  return template.replace(/<([^<>\s]+)>/g, (whole, name: string, position: number) => {
    const path = paths[name];
    if (path === undefined && !(name in known)) return whole;
    const value = path === undefined ? known[name] : valueAt(context.envelope, path);
    return rendered(value, insideString(template, position));
  });
};

/** The JSON text that a target receives. */
export const payloadOf = (input: TargetInput, context: PayloadContext): string => {
  switch (input.kind) {
    case 'event':
      return JSON.stringify(context.envelope);
    case 'constant':
      return input.text;
    case 'path':
      return JSON.stringify(valueAt(context.envelope, input.path) ?? null);
    case 'template':
      return fillTemplate(input.template, input.paths, context);
  }
};
