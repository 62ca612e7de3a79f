import type { JsonObject } from '../../../core/json.ts';
import type { IncomingParts } from '../../../http/payload-v2/parts.ts';
import { contextVariable } from './context-variables.ts';
import type { Exchange } from './exchange.ts';

interface MappingSource {
  readonly exchange: Exchange;
  readonly parts: IncomingParts;
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
  readonly stageVariables: JsonObject | undefined;
}

type Template = (source: MappingSource) => string;

interface Operation {
  readonly action: 'append' | 'overwrite' | 'remove';
  readonly name: string;
  readonly value: Template;
}

/** An integration's RequestParameters, compiled. */
export interface RequestMapping {
  readonly path: Template | undefined;
  readonly headers: readonly Operation[];
  readonly querystring: readonly Operation[];
}

const REFERENCE =
  /\$(?:\{([^}]+)\}|(request\.(?:path|header|querystring|body)(?:\.[A-Za-z0-9_-]+)?|(?:context|stageVariables)(?:\.[A-Za-z0-9_-]+)+))/;

type Refuse = (what: string) => Error;

const readReference = (reference: string, refuse: Refuse): Template => {
  const [kind, part, ...rest] = reference.split('.');
  const name = rest.join('.');
  if (kind === 'context') return contextOf(reference.slice('context.'.length));
  if (kind === 'stageVariables') return ({ stageVariables }) => String(stageVariables?.[part ?? ''] ?? '');
  if (kind === 'request' && part === 'path' && name === '') return ({ exchange }) => exchange.routePath;
  if (kind === 'request' && part === 'path') return ({ pathParameters }) => pathParameters?.[name] ?? '';
  if (kind === 'request' && part === 'header') return ({ parts }) => parts.headers[name.toLowerCase()] ?? '';
  if (kind === 'request' && part === 'querystring') return ({ parts }) => parts.query?.[name] ?? '';
  throw refuse(`the mapping value '$${reference}' is not emulated`);
};

const contextOf = (name: string): Template => {
  const read = contextVariable(name);
  return ({ exchange }) => read(exchange);
};

const compileTemplate = (text: string, refuse: Refuse): Template => {
  const parts = text.split(new RegExp(REFERENCE, 'g'));
  const writers: Template[] = [];
  for (let index = 0; index < parts.length; index += 3) {
    const literal = parts[index] ?? '';
    if (literal !== '') writers.push(() => literal);
    const reference = parts[index + 1] ?? parts[index + 2];
    if (reference !== undefined) writers.push(readReference(reference, refuse));
  }
  return (source) => writers.map((write) => write(source)).join('');
};

const ACTIONS: Readonly<Record<string, Operation['action']>> = {
  append: 'append',
  overwrite: 'overwrite',
  remove: 'remove',
};

/** Compiles `{"overwrite:path": "/api/$request.path.proxy", "append:header.x": "…", …}`. */
export const compileRequestMapping = (parameters: JsonObject, refuse: Refuse): RequestMapping | undefined => {
  let path: Template | undefined;
  const headers: Operation[] = [];
  const querystring: Operation[] = [];
  for (const [key, text] of Object.entries(parameters)) {
    const [verb = '', target = ''] = key.split(':');
    const action = ACTIONS[verb];
    const value = compileTemplate(String(text), refuse);
    const [place, ...rest] = target.split('.');
    const name = rest.join('.');
    if (action === 'overwrite' && target === 'path') path = value;
    else if (action && place === 'header' && name) headers.push({ action, name: name.toLowerCase(), value });
    else if (action && place === 'querystring' && name) querystring.push({ action, name, value });
    else throw refuse(`the request parameter '${key}' is not one of HTTP APIs`);
  }
  return path || headers.length > 0 || querystring.length > 0 ? { path, headers, querystring } : undefined;
};

const applied = (
  before: Readonly<Record<string, string>>,
  operations: readonly Operation[],
  source: MappingSource,
): Record<string, string> => {
  const after = { ...before };
  for (const { action, name, value } of operations) {
    if (action === 'remove') delete after[name];
    else if (action === 'append' && after[name] !== undefined) after[name] = `${after[name]},${value(source)}`;
    else after[name] = value(source);
  }
  return after;
};

/** The request as the integration gets it. */
export const mapRequest = (
  mapping: RequestMapping | undefined,
  source: MappingSource,
): { readonly rawPath: string; readonly rawQueryString: string; readonly parts: IncomingParts } => {
  const { exchange, parts } = source;
  if (!mapping) return { rawPath: exchange.path, rawQueryString: exchange.rawQueryString, parts };
  const rawPath = mapping.path?.(source) ?? exchange.path;
  if (mapping.headers.length === 0 && mapping.querystring.length === 0) {
    return { rawPath, rawQueryString: exchange.rawQueryString, parts };
  }
  const headers = applied(parts.headers, mapping.headers, source);
  if (mapping.querystring.length === 0) {
    return { rawPath, rawQueryString: exchange.rawQueryString, parts: { ...parts, headers } };
  }
  const query = applied(parts.query ?? {}, mapping.querystring, source);
  return { rawPath, rawQueryString: new URLSearchParams(query).toString(), parts: { ...parts, headers, query } };
};
