import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { watchFolder } from '@archipelago/local/cli';
import { afterEach, describe, expect, it } from '@jest/globals';
import { bundleAll } from '../../lib/bundle/bundle-all.ts';
import { type Rebuilt, watchBundles } from '../../lib/bundle/watch.ts';
import { type ServiceTree, serviceTree } from '../support/service-tree.ts';

const TREE = {
  'functions/kernel/greeting.ts': `export const greeting = 'ahoy';\n`,
  'functions/ships/handlers/greet.handler.ts': `import { greeting } from '../../kernel/greeting.ts';\nexport const handler = async () => greeting;\n`,
  'functions/ships/handlers/sail.handler.ts': `export const handler = async () => 'away';\n`,
  'events/contracts/.keep': '',
};

const endings: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

/** Watches a tree; `next` gives what happens next to it, a rebuilt bundle or a failure's message. */
const watching = async (): Promise<{ tree: ServiceTree; next: () => Promise<Rebuilt | string> }> => {
  const tree = await serviceTree(TREE);
  await bundleAll(tree);
  const happened: (Rebuilt | string)[] = [];
  const waiting: ((what: Rebuilt | string) => void)[] = [];
  const happens = (what: Rebuilt | string) => {
    const waiter = waiting.shift();
    if (waiter) waiter(what);
    else happened.push(what);
  };
  const watcher = await watchBundles({ root: tree.root, watchFolder, onRebuilt: happens, onFailed: happens });
  endings.push(
    () => watcher.close(),
    async () => await tree[Symbol.asyncDispose](),
  );
  const next = () => {
    const what = happened.shift();
    return what === undefined
      ? new Promise<Rebuilt | string>((resolve) => waiting.push(resolve))
      : Promise.resolve(what);
  };
  return { tree, next };
};

const bundle = ({ root }: ServiceTree, name: string) => readFile(join(root, `build/ships.${name}/index.js`), 'utf8');

describe('watching bundles', () => {
  it('rebuilds the one function whose handler changed', async () => {
    const { tree, next } = await watching();
    await tree.write('functions/ships/handlers/sail.handler.ts', `export const handler = async () => 'home';\n`);
    expect(await next()).toMatchObject({ bundleFolders: ['build/ships.sail'] });
    expect(await bundle(tree, 'sail')).toContain('home');
  });

  it('rebuilds the functions that share a changed source, and no others', async () => {
    const { tree, next } = await watching();
    await tree.write('functions/kernel/greeting.ts', `export const greeting = 'hello';\n`);
    expect(await next()).toMatchObject({ bundleFolders: ['build/ships.greet'] });
    await tree.write('functions/ships/handlers/sail.handler.ts', `export const handler = async () => 'home';\n`);
    expect(await next()).toMatchObject({ bundleFolders: ['build/ships.sail'] });
    expect(await bundle(tree, 'greet')).toContain('hello');
  });

  it('keeps the last good bundle while a source does not compile, and goes on when it does', async () => {
    const { tree, next } = await watching();
    await tree.write('functions/ships/handlers/sail.handler.ts', 'export const = 1;\n');
    expect(await next()).toContain('sail.handler.ts:1:13');
    expect(await bundle(tree, 'sail')).toContain('away');
    await tree.write('functions/ships/handlers/sail.handler.ts', `export const handler = async () => 'home';\n`);
    expect(await next()).toMatchObject({ bundleFolders: ['build/ships.sail'] });
  });
});
