import { join } from 'node:path';
import { isObject, type Json, type JsonObject } from '../core/json.ts';
import { StartError } from '../core/start-error.ts';
import type { Stack, TemplateResource } from './assembly.ts';
import { readJsonObject } from './read-json.ts';
import { objectAt } from './values.ts';

const FIX_TEMPLATE = 'do not edit cdk.out by hand: synthesize again (`npx cdk synth`)';

const namesIn = (value: Json | undefined): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((name) => typeof name === 'string');

const readResource = (file: string, logicalId: string, entry: Json): TemplateResource => {
  if (!isObject(entry) || typeof entry.Type !== 'string') {
    throw new StartError(`resource ${logicalId} has no Type`, file, FIX_TEMPLATE);
  }
  return {
    type: entry.Type,
    properties: objectAt(entry, 'Properties'),
    metadata: objectAt(entry, 'Metadata'),
    dependsOn: namesIn(entry.DependsOn),
    ...(typeof entry.Condition === 'string' && { condition: entry.Condition }),
  };
};

const tagsOf = (properties: JsonObject) =>
  Object.fromEntries(Object.entries(objectAt(properties, 'tags')).map(([key, value]) => [key, String(value)]));

/** Reads the template of one `aws:cloudformation:stack` artifact of the manifest in `folder`. */
export const readStack = (folder: string, artifactId: string, properties: JsonObject): Stack => {
  const file = join(folder, String(properties.templateFile));
  const name = typeof properties.stackName === 'string' ? properties.stackName : artifactId;
  const template = readJsonObject(file, `the template of stack ${name}`, FIX_TEMPLATE);
  if (!isObject(template.Resources)) {
    throw new StartError(`the template of stack ${name} has no Resources`, file, FIX_TEMPLATE);
  }
  const resources = Object.entries(template.Resources).map(
    ([logicalId, entry]) => [logicalId, readResource(file, logicalId, entry)] as const,
  );
  return {
    name,
    file,
    tags: tagsOf(properties),
    parameterValues: objectAt(properties, 'parameters'),
    parameters: objectAt(template, 'Parameters'),
    conditions: objectAt(template, 'Conditions'),
    mappings: objectAt(template, 'Mappings'),
    outputs: objectAt(template, 'Outputs'),
    resources: new Map(resources),
  };
};
