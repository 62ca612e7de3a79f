import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json, Resource, Template } from '../../lib/rules/template.ts';

export interface TemplateFile {
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        readonly Properties?: Resource['properties'];
        readonly DeletionPolicy?: string;
        readonly Metadata?: Readonly<Record<string, Json>>;
      }
    >
  >;
  readonly Outputs?: Readonly<Record<string, Json>>;
}

export const toTemplate = (stack: string, { Resources }: TemplateFile): Template => ({
  stack,
  resources: Object.entries(Resources).map(([logicalId, { Type, Properties = {}, DeletionPolicy }]) => ({
    logicalId,
    type: Type,
    properties: Properties,
    ...(DeletionPolicy === undefined ? {} : { deletionPolicy: DeletionPolicy }),
  })),
});

/** Every template of an assembly, by stack name. */
export const readTemplates = async (assembly: string): Promise<ReadonlyMap<string, TemplateFile>> => {
  const suffix = '.template.json';
  const files = (await readdir(assembly)).filter((file) => file.endsWith(suffix)).sort();
  const read = files.map(
    async (file): Promise<[string, TemplateFile]> => [
      file.slice(0, -suffix.length),
      JSON.parse(await readFile(join(assembly, file), 'utf8')),
    ],
  );
  return new Map(await Promise.all(read));
};
