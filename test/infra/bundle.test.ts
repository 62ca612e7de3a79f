import { execFileSync } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { bundleAll } from '../../lib/bundle/bundle-all.ts';
import { sizesTable } from '../../lib/bundle/sizes.ts';
import { serviceTree } from '../support/service-tree.ts';

const SHIPS = {
  'functions/kernel/greeting.ts': `export const greeting = (name: string): string => 'ahoy ' + name;\n`,
  'functions/ships/handlers/greet.handler.ts': `import { greeting } from '../../kernel/greeting.ts';\nexport const handler = async (): Promise<string> => greeting('crew');\n`,
  'functions/ports/domain/fee.ts': `export const fee = 3;\n`,
  'functions/ports/handlers/charge.handler.ts': `import { fee } from '../domain/fee.ts';\nexport const handler = async (): Promise<number> => fee;\n`,
  'events/contracts/.keep': '',
};

const load = (file: string): { handler: () => Promise<unknown> } => createRequire(import.meta.url)(file);

const bundle = (root: string, path: string) => join(root, 'build', path);

describe('bundling', () => {
  it('makes of every handler a CommonJS bundle that runs by itself', async () => {
    await using tree = await serviceTree(SHIPS);
    const { bundles } = await bundleAll(tree);
    expect(bundles.map(({ bundleFolder }) => bundleFolder)).toEqual(['build/ports.charge', 'build/ships.greet']);
    expect(await load(bundle(tree.root, 'ships.greet/index.js')).handler()).toBe('ahoy crew');
    expect(await load(bundle(tree.root, 'ports.charge/index.js')).handler()).toBe(3);
  });

  it('builds the programs of a container into one folder, with its Dockerfile', async () => {
    await using tree = await serviceTree({
      ...SHIPS,
      'functions/ships/task/main.ts': `import { greeting } from '../../kernel/greeting.ts';\nconsole.log(greeting('task'));\n`,
      'functions/ships/task/health.ts': 'process.exit(0);\n',
      'functions/ships/task/Dockerfile': 'FROM scratch\n',
    });
    await bundleAll(tree);
    const folder = bundle(tree.root, 'ships.task');
    expect((await readdir(folder)).filter((name) => !name.endsWith('.map')).sort()).toEqual([
      'Dockerfile',
      'health.js',
      'main.js',
      'package.json',
    ]);
    expect(execFileSync(process.execPath, [join(folder, 'main.js')], { encoding: 'utf8' })).toBe('ahoy task\n');
    await tree.write('functions/ships/task/Dockerfile', 'FROM other\n');
    await bundleAll(tree);
    expect(await readFile(join(folder, 'Dockerfile'), 'utf8')).toBe('FROM other\n');
  });

  it('gives equal bytes for equal sources wherever the checkout lies, and names no path of the machine', async () => {
    await using here = await serviceTree(SHIPS);
    await using there = await serviceTree(SHIPS);
    await Promise.all([bundleAll(here), bundleAll(there)]);
    for (const file of await readdir(bundle(here.root, 'ships.greet'))) {
      const contents = await readFile(bundle(here.root, `ships.greet/${file}`), 'utf8');
      expect(await readFile(bundle(there.root, `ships.greet/${file}`), 'utf8')).toBe(contents);
      expect(contents).not.toContain(here.root);
    }
  });

  it('maps the code back to its sources without carrying them along', async () => {
    await using tree = await serviceTree(SHIPS);
    await bundleAll(tree);
    const map: unknown = JSON.parse(await readFile(bundle(tree.root, 'ships.greet/index.js.map'), 'utf8'));
    expect(map).toMatchObject({ sources: expect.arrayContaining([expect.stringMatching(/functions\/kernel/)]) });
    expect(map).not.toHaveProperty('sourcesContent');
  });

  it('leaves a bundle alone that has not changed', async () => {
    await using tree = await serviceTree(SHIPS);
    await bundleAll(tree);
    const before = await stat(bundle(tree.root, 'ships.greet/index.js'));
    await bundleAll(tree);
    expect((await stat(bundle(tree.root, 'ships.greet/index.js'))).ino).toBe(before.ino);
  });

  it('bundles again when a source or a bundle has changed', async () => {
    await using tree = await serviceTree(SHIPS);
    const fee = bundle(tree.root, 'ports.charge/index.js');
    await bundleAll(tree);
    await tree.write('functions/ports/domain/fee.ts', 'export const fee = 12;\n');
    await bundleAll(tree);
    expect(await readFile(fee, 'utf8')).toContain('fee = 12');
    await tree.write('build/ports.charge/index.js', 'broken');
    await bundleAll(tree);
    expect(await readFile(fee, 'utf8')).toContain('fee = 12');
  });

  it('removes the bundle of a handler that is gone, and no other folder', async () => {
    await using tree = await serviceTree(SHIPS);
    await tree.write('build/ships.scuttle/index.js', '');
    await tree.write('build/assemblies/kept.txt', '');
    await bundleAll(tree);
    const folders = await readdir(bundle(tree.root, '.'));
    expect(folders).toEqual(expect.arrayContaining(['assemblies', 'ports.charge', 'ships.greet']));
    expect(folders).not.toContain('ships.scuttle');
  });

  it.each([
    ['another service', '../../ports/domain/fee.ts', 'functions/ports/domain/fee.ts'],
    ['the laptop', '../../../packages/local/src/fee.ts', 'packages/local/src/fee.ts'],
  ])('refuses a bundle that carries code of %s, naming both files', async (_what, specifier, intruder) => {
    await using tree = await serviceTree({
      ...SHIPS,
      'packages/local/src/fee.ts': `export const fee = 3;\n`,
      'functions/ships/handlers/dock.handler.ts': `import { fee } from '${specifier}';\nexport const handler = async () => fee;\n`,
    });
    await expect(bundleAll(tree)).rejects.toThrow(`functions/ships/handlers/dock.handler.ts carries ${intruder}`);
  });

  it('shows where a source does not compile', async () => {
    await using tree = await serviceTree({
      ...SHIPS,
      'functions/ships/handlers/sink.handler.ts': 'export const = 1;\n',
    });
    await expect(bundleAll(tree)).rejects.toThrow(/functions\/ships\/handlers\/sink\.handler\.ts:1:13/);
  });

  it('tells the sizes by service', async () => {
    await using tree = await serviceTree(SHIPS);
    const table = sizesTable(await bundleAll(tree));
    expect(table).toMatch(/^ports +1 functions/m);
    expect(table).toMatch(/^2 functions bundled in \d+ ms$/m);
  });
});
