import { join } from 'node:path';
import { readJsonObject } from '../assembly/read-json.ts';
import { objectAt } from '../assembly/values.ts';
import type { JsonObject } from '../core/json.ts';
import { StartError } from '../core/start-error.ts';

/** What cdk.json says of a CDK project. */
export interface Project {
  readonly folder: string;
  /** The command that synthesizes. */
  readonly app: string;
  readonly context: JsonObject;
  /** Folders and files that the assembly is made from; empty when cdk.json does not tell (`watch.include`). */
  readonly sources: readonly string[];
}

/** Files of any project that the assembly is made from. */
const ALWAYS_SOURCES = ['cdk.json', 'cdk.context.json', 'package-lock.json'];

export const readProject = (folder: string): Project => {
  const file = join(folder, 'cdk.json');
  const settings = readJsonObject(file, 'cdk.json', 'run this in the folder of a CDK project, or give --app <folder>');
  if (typeof settings.app !== 'string') {
    throw new StartError('cdk.json names no app', file, 'add the command that synthesizes as "app"');
  }
  const { include } = objectAt(settings, 'watch');
  const globs = Array.isArray(include) ? include.map(String) : [];
  const sources = globs.map((glob) => glob.replace(/\/?\*.*$/, '') || '.');
  return {
    folder,
    app: settings.app,
    context: objectAt(settings, 'context'),
    sources: sources.length > 0 ? [...sources, ...ALWAYS_SOURCES] : [],
  };
};
