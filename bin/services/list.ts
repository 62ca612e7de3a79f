import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { camelCase, pascalCase } from './names.ts';

/** The list of services, from the root. */
export const LIST = 'lib/stacks/services.ts';

const STACK = /^(.+)-stack\.ts$/;
/** What a stack is given when its service stands behind the gateway and registers itself. */
const BEHIND_GATEWAY = /constructor\([^)]*: RegisteredStackProps,?\s*\)/;

/** Names of the services behind the gateway, as their stacks say, in the order of the alphabet. */
export const registeredServices = async (root: string): Promise<readonly string[]> => {
  const folder = join(root, 'lib/stacks');
  const names = (await readdir(folder)).map((file) => STACK.exec(file)?.[1]).filter((name) => name !== undefined);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, `${name}-stack.ts`), 'utf8')));
  return names.filter((_, index) => BEHIND_GATEWAY.test(texts[index] ?? '')).sort();
};

/** The text of `lib/stacks/services.ts`, formatted. */
export const listOf = (services: readonly string[]): string => {
  const imports = [
    ...services.map((name) => `import { ${camelCase(name)}Api } from '../../functions/${name}/api.contract.ts';`),
    ...services.map((name) => `import { ${pascalCase(name)}Stack } from './${name}-stack.ts';`),
  ];
  const key = (name: string) => (name.includes('-') ? `'${name}'` : name);
  const entries = services.map(
    (name) => `  ${key(name)}: { api: ${camelCase(name)}Api, Stack: ${pascalCase(name)}Stack },`,
  );
  return [
    ...imports,
    '',
    '/** The services behind the gateway; each registers itself and is deployed by itself. Written by `npm run services`. */',
    'export const services = {',
    ...entries,
    '};',
    '',
  ].join('\n');
};
