import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TemplateFile } from '@archipelago/house-rules';

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
