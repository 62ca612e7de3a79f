import type { Resource } from '../core/emulated-service.ts';
import { isList, isObject, type Json, type JsonObject } from '../core/json.ts';
import { StartError } from '../core/start-error.ts';

/** The text itself; undefined for anything else. */
export const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/** The object itself; an empty one for anything else. */
export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

export const objectAt = (parent: JsonObject, key: string): JsonObject => objectOf(parent[key]);

/** A list's members as texts; none for anything else. */
export const textsOf = (value: Json | undefined): readonly string[] => (isList(value) ? value.map(String) : []);

/** A reader of inputs that must hold a text; `refusal` words the error of the service. */
export const textReader =
  (refusal: (name: string) => Error) =>
  (input: JsonObject, name: string): string => {
    const value = textOf(input[name]);
    if (value) return value;
    throw refusal(name);
  };

/** Reads a resource's properties, refusing with its logical id what has the wrong type. */
export interface TemplateValues {
  text(name: string): string | undefined;
  requiredText(name: string): string;
  /** CloudFormation takes numbers and flags as text as well. */
  number(name: string): number | undefined;
  flag(name: string): boolean | undefined;
  object(name: string): JsonObject;
  list(name: string): readonly Json[];
}

export const refuse = ({ stack, logicalId, type }: Resource, what: string, remedy: string): Error =>
  new StartError(`${logicalId}: ${what}`, `${type} ${logicalId} of stack ${stack}`, remedy);

const CORRECT = 'correct the template';

export const templateValues = (resource: Resource, properties: JsonObject = resource.properties): TemplateValues => {
  const scalar = (name: string): string | undefined => {
    const value = properties[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'object')
      throw refuse(resource, `${name} must be a plain value, not ${JSON.stringify(value)}`, CORRECT);
    return String(value);
  };
  const number = (name: string) => {
    const value = scalar(name);
    if (value === undefined) return undefined;
    if (!Number.isFinite(Number(value))) throw refuse(resource, `${name} must be a number, not '${value}'`, CORRECT);
    return Number(value);
  };
  return {
    text: scalar,
    requiredText: (name) => {
      const value = scalar(name);
      if (value === undefined || value === '') throw refuse(resource, `${name} is missing`, CORRECT);
      return value;
    },
    number,
    flag: (name) => {
      const value = scalar(name);
      return value === undefined ? undefined : value === 'true';
    },
    object: (name) => objectAt(properties, name),
    list: (name) => {
      const value = properties[name];
      return isList(value) ? value : [];
    },
  };
};
