import { isList, isObject, type Json, type JsonObject } from '../core/json.ts';
import { StartError } from '../core/start-error.ts';
import { resolveDynamicReferences } from './dynamic-references.ts';
import type { PropertyPath, Scope } from './scope.ts';
import { substitute } from './substitute.ts';

type Intrinsic = (operand: Json, scope: Scope, at: PropertyPath) => Json | undefined;

const refuse = (name: string, problem: string, scope: Scope, at: PropertyPath): StartError =>
  new StartError(
    `${name} ${problem}`,
    `${scope.where}, property ${at.join('.')}`,
    'correct it in the stack that synthesizes it',
  );

const listOf = (value: Json | undefined, name: string, scope: Scope, at: PropertyPath): readonly Json[] => {
  if (!isList(value)) throw refuse(name, `needs a list, not ${JSON.stringify(value)}`, scope, at);
  return value;
};

/** Text of a value used inside other text; objects and lists have none. */
const textOf = (value: Json | undefined, name: string, scope: Scope, at: PropertyPath): string => {
  if (value === undefined || (typeof value === 'object' && value !== null)) {
    throw refuse(name, `needs a text, not ${JSON.stringify(value)}`, scope, at);
  }
  return String(value);
};

const attributeOf: Intrinsic = (operand, scope, at) => {
  const [logicalId = '', ...attribute] = Array.isArray(operand)
    ? operand.map((part) => textOf(evaluate(part, scope, at), 'Fn::GetAtt', scope, at))
    : textOf(operand, 'Fn::GetAtt', scope, at).split('.');
  return scope.attribute(logicalId, attribute.join('.'), at);
};

const substituted: Intrinsic = (operand, scope, at) => {
  const [template, variables] = isList(operand) ? operand : [operand, {}];
  const own = isObject(variables) ? variables : {};
  return substitute(textOf(template, 'Fn::Sub', scope, at), (name) => {
    const value = own[name] === undefined ? undefined : evaluate(own[name], scope, at);
    if (value !== undefined) return textOf(value, 'Fn::Sub', scope, at);
    const found = name.includes('.') ? attributeOf(name, scope, at) : scope.ref(name, at);
    return textOf(found, `Fn::Sub of \${${name}}`, scope, at);
  });
};

const selected: Intrinsic = (operand, scope, at) => {
  const [index, list] = listOf(operand, 'Fn::Select', scope, at).map((part) => evaluate(part, scope, at));
  const member = listOf(list, 'Fn::Select', scope, at)[Number(index)];
  if (member === undefined) throw refuse('Fn::Select', `finds nothing at index ${index}`, scope, at);
  return member;
};

const joined: Intrinsic = (operand, scope, at) => {
  const [delimiter = '', list] = listOf(operand, 'Fn::Join', scope, at);
  return listOf(evaluate(list ?? null, scope, at), 'Fn::Join', scope, at)
    .map((part) => textOf(part, 'Fn::Join', scope, at))
    .join(String(delimiter));
};

const split: Intrinsic = (operand, scope, at) => {
  const [delimiter, source] = listOf(operand, 'Fn::Split', scope, at).map((part) => evaluate(part, scope, at));
  return textOf(source, 'Fn::Split', scope, at).split(textOf(delimiter, 'Fn::Split', scope, at));
};

const chosen: Intrinsic = (operand, scope, at) => {
  const [condition, whenTrue = null, whenFalse = null] = listOf(operand, 'Fn::If', scope, at);
  return evaluate(scope.condition(String(condition)) ? whenTrue : whenFalse, scope, at);
};

const mapped: Intrinsic = (operand, scope, at) => {
  const keys = listOf(operand, 'Fn::FindInMap', scope, at).map((key) => evaluate(key, scope, at));
  const [map, top, second] = keys.map((key) => textOf(key, 'Fn::FindInMap', scope, at));
  return scope.mapping(map ?? '', top ?? '', second ?? '');
};

/** Weak cross-stack references, as aws-cdk-lib's `Fn.getStackOutput` writes them: `{StackName, OutputName, Region?}`. */
const stackOutput: Intrinsic = (operand, scope, at) => {
  const { StackName = null, OutputName = null } = isObject(operand) ? operand : {};
  const [stack, output] = [StackName, OutputName].map((part) => evaluate(part, scope, at));
  return scope.stackOutput(
    textOf(stack, 'Fn::GetStackOutput', scope, at),
    textOf(output, 'Fn::GetStackOutput', scope, at),
    at,
  );
};

/** Three zones, as most regions have at least; of the region named, or of the stack's own. */
const zones: Intrinsic = (operand, scope, at) => {
  const named = textOf(evaluate(operand, scope, at), 'Fn::GetAZs', scope, at);
  const region = named === '' ? String(scope.ref('AWS::Region', at)) : named;
  return ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
};

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (operand, scope, at) => scope.ref(textOf(operand, 'Ref', scope, at), at),
  'Fn::GetAtt': attributeOf,
  'Fn::Sub': substituted,
  'Fn::Join': joined,
  'Fn::Select': selected,
  'Fn::Split': split,
  'Fn::If': chosen,
  'Fn::FindInMap': mapped,
  'Fn::GetStackOutput': stackOutput,
  'Fn::ImportValue': (operand, scope, at) =>
    scope.importValue(textOf(evaluate(operand, scope, at), 'Fn::ImportValue', scope, at), at),
  'Fn::Base64': (operand, scope, at) =>
    Buffer.from(textOf(evaluate(operand, scope, at), 'Fn::Base64', scope, at)).toString('base64'),
  'Fn::GetAZs': zones,
  'Fn::ToJsonString': (operand, scope, at) => JSON.stringify(evaluate(operand, scope, at)),
  'Fn::Length': (operand, scope, at) => listOf(evaluate(operand, scope, at), 'Fn::Length', scope, at).length,
};

const intrinsicIn = (value: JsonObject): readonly [string, Json] | undefined => {
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length !== 1 || !only) return undefined;
  return only[0] === 'Ref' || only[0].startsWith('Fn::') ? only : undefined;
};

const evaluateList = (list: readonly Json[], scope: Scope, at: PropertyPath) =>
  list.map((item) => evaluate(item, scope, at)).filter((item) => item !== undefined);

const evaluateObject = (value: JsonObject, scope: Scope, at: PropertyPath): JsonObject => {
  const resolved: Record<string, Json> = {};
  for (const [key, inner] of Object.entries(value)) {
    const result = evaluate(inner, scope, [...at, key]);
    if (result !== undefined) resolved[key] = result;
  }
  return resolved;
};

/** Resolves every intrinsic below a value; undefined means AWS::NoValue, i.e. the property is not there. */
export const evaluate = (value: Json, scope: Scope, at: PropertyPath): Json | undefined => {
  if (typeof value === 'string') return resolveDynamicReferences(value, scope, at);
  if (Array.isArray(value)) return evaluateList(value, scope, at);
  if (!isObject(value)) return value;
  const intrinsic = intrinsicIn(value);
  if (!intrinsic) return evaluateObject(value, scope, at);
  const [name, operand] = intrinsic;
  const apply = INTRINSICS[name];
  if (!apply) throw refuse(name, 'is not emulated', scope, at);
  const result = apply(operand, scope, at);
  return typeof result === 'string' ? resolveDynamicReferences(result, scope, at) : result;
};
