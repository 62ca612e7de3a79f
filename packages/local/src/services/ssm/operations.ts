import type { Act } from '../../core/access.ts';
import { AwsError } from '../../core/aws-call.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { JsonOperation } from '../../http/json-protocol.ts';
import { isParameterType, type Parameter, type ParameterStore, parameterForApi } from './state.ts';

const MOST_NAMES = 10;

const namesIn = (names: Json | undefined): readonly string[] => {
  const listed = Array.isArray(names) ? names.map(String) : [];
  if (listed.length >= 1 && listed.length <= MOST_NAMES) return listed;
  throw new AwsError('ValidationException', `Names must have between 1 and ${MOST_NAMES} members.`);
};

const isBelow = (path: string, name: string, recursive: boolean): boolean => {
  const folder = path.endsWith('/') ? path : `${path}/`;
  return name.startsWith(folder) && (recursive || !name.slice(folder.length).includes('/'));
};

const pageOf = (found: readonly Parameter[], token: Json | undefined, most: Json | undefined) => {
  const from = Number(token ?? 0);
  const to = from + Math.min(Number(most ?? MOST_NAMES), MOST_NAMES);
  return { page: found.slice(from, to), next: to < found.length ? String(to) : undefined };
};

/** What a call of Parameter Store does, as IAM names it. */
export const parameterActs = (store: ParameterStore, operation: string, input: JsonObject): readonly Act[] => {
  const { Name, Names, Path } = input;
  const named = [...(Array.isArray(Names) ? Names : []), Name ?? Path].filter((name) => typeof name === 'string');
  const arns = named.map((name) => (name.startsWith('arn:') ? name : store.arnOf(name)));
  return (arns.length > 0 ? arns : ['*']).map((resource) => ({ action: `ssm:${operation}`, resource }));
};

/** `AmazonSSM.*`, as far as parameters go. */
export const parameterOperations = (store: ParameterStore): Readonly<Record<string, JsonOperation>> => ({
  GetParameter: ({ Name }) => {
    const parameter = store.find(String(Name));
    if (!parameter) throw new AwsError('ParameterNotFound', `Parameter ${Name} not found.`);
    return { Parameter: parameterForApi(store, parameter) };
  },
  GetParameters: ({ Names }) => {
    const found = namesIn(Names).map((name) => ({ name, parameter: store.find(name) }));
    return {
      Parameters: found.flatMap(({ parameter }) => (parameter ? [parameterForApi(store, parameter)] : [])),
      InvalidParameters: found.filter(({ parameter }) => !parameter).map(({ name }) => name),
    };
  },
  GetParametersByPath: ({ Path, Recursive, NextToken, MaxResults }) => {
    const path = String(Path);
    if (!path.startsWith('/')) throw new AwsError('ValidationException', 'The parameter path must begin with "/".');
    const found = store
      .all()
      .filter(({ name }) => isBelow(path, name, Recursive === true))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { page, next } = pageOf(found, NextToken, MaxResults);
    return {
      Parameters: page.map((parameter) => parameterForApi(store, parameter)),
      ...(next !== undefined && { NextToken: next }),
    };
  },
  PutParameter: ({ Name, Type, Value, Overwrite }) => {
    const name = String(Name);
    const type = Type ?? store.find(name)?.type;
    if (!isParameterType(type)) {
      throw new AwsError('UnsupportedParameterType', `The parameter type ${type ?? '(none)'} is not emulated here.`);
    }
    const { version } = store.put({ name, type, value: String(Value) }, Overwrite === true);
    return { Version: version, Tier: 'Standard' };
  },
  DeleteParameter: ({ Name }) => {
    if (!store.remove(String(Name))) throw new AwsError('ParameterNotFound', `Parameter ${Name} not found.`);
    return {};
  },
});
