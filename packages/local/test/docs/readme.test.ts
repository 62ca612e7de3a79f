import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { createWorld } from '../../src/core/create-world.ts';
import { createServices } from '../../src/runtime/services.ts';

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

const readme = read('README.md');
const world = createWorld();
afterAll(() => world.stop());

/** `AWS::Lambda::Function`, `Version` in one cell: what has no prefix of its own takes the one before. */
const typesNamed = (): readonly string[] => {
  const [, section = ''] = /## Emulated services\n([\s\S]*?)\n## /.exec(readme) ?? [];
  const cells = section.split('\n').flatMap((line) => line.split(' | ').slice(1, 2));
  let prefix = '';
  return cells
    .flatMap((cell) => [...cell.matchAll(/`([A-Z][\w:]+)`/g)].map(([, name = '']) => name))
    .map((name) => {
      if (!name.startsWith('AWS::')) return `${prefix}${name}`;
      prefix = name.slice(0, name.lastIndexOf(':') + 1);
      return name;
    });
};

describe('the README', () => {
  it('names every resource type that is known here, and no other', () => {
    const known = createServices(world, { preferredPort: 0 }).flatMap(({ resourceTypes }) =>
      resourceTypes.map(({ type }) => type),
    );
    expect([...typesNamed()].sort()).toEqual([...known].sort());
  });

  it('has a row for every folder of the source', () => {
    const folders = readdirSync(new URL('../../src', import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const [, layout = ''] = readme.split('## Layout');
    expect(folders.filter((name) => !new RegExp(`^\\|.*\`${name}/`, 'm').test(layout))).toEqual([]);
  });

  it('gives a reason for every dependency', () => {
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(read('package.json'));
    const scopes = Object.keys({ ...dependencies, ...optionalDependencies }).map((name) => name.replace(/\/.*/, '/*'));
    for (const scope of new Set(scopes)) expect(readme).toContain(`| \`${scope}\``);
  });
});
