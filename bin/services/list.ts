import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { camelCase, pascalCase } from './names.ts';

/** The list of services, from the root. */
export const LIST = 'lib/stacks/services.ts';

const STACK = /^(.+)-stack\.ts$/;
/** What a stack is given when its service stands behind the gateway and registers itself, without tasks and with some. */
const BEHIND_GATEWAY = /constructor\([^)]*: (Registered|Container)StackProps,?\s*\)/;

export interface ListedService {
  readonly name: string;
  readonly kind: 'functions' | 'container';
}

/** The services behind the gateway, as their stacks say, in the order of the alphabet. */
export const registeredServices = async (root: string): Promise<readonly ListedService[]> => {
  const folder = join(root, 'lib/stacks');
  const names = (await readdir(folder)).map((file) => STACK.exec(file)?.[1]).filter((name) => name !== undefined);
  const found = names.sort().map(async (name): Promise<readonly ListedService[]> => {
    const [, given] = BEHIND_GATEWAY.exec(await readFile(join(folder, `${name}-stack.ts`), 'utf8')) ?? [];
    return given === undefined ? [] : [{ name, kind: given === 'Container' ? 'container' : 'functions' }];
  });
  return (await Promise.all(found)).flat();
};

/** The text of `lib/stacks/services.ts`, formatted. */
export const listOf = (services: readonly ListedService[]): string => {
  const names = services.map(({ name }) => name);
  const imports = [
    ...names.map((name) => `import { ${camelCase(name)}Api } from '../../functions/${name}/api.contract.ts';`),
    ...names.map((name) => `import { ${pascalCase(name)}Stack } from './${name}-stack.ts';`),
  ];
  const key = (name: string) => (name.includes('-') ? `'${name}'` : name);
  const entries = services.map(({ name, kind }) => {
    const member = kind === 'container' ? 'ContainerStack' : 'Stack';
    return `  ${key(name)}: { api: ${camelCase(name)}Api, ${member}: ${pascalCase(name)}Stack },`;
  });
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
