import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { synthesize } from '../support/synthesized.ts';
import { readTemplates } from '../support/templates.ts';
import { objection, roomOf } from './imports.ts';
import { sources } from './sources.ts';

interface Metafile {
  readonly inputs: Readonly<Record<string, { readonly imports: readonly { readonly path: string }[] }>>;
  readonly outputs: Readonly<
    Record<string, { readonly entryPoint?: string; readonly inputs: Readonly<Record<string, unknown>> }>
  >;
}

let assembly = '';
let metafile: Metafile = { inputs: {}, outputs: {} };

beforeAll(async () => {
  assembly = await synthesize('dev');
  metafile = JSON.parse(readFileSync('build/metafile.json', 'utf8'));
}, 60_000);

const serviceOf = (path: string): string | undefined => /^functions\/([^/]+)\/(?!.*\.\.)/.exec(path)?.[1];

/** Stages differ in functions: only some roll out by and by, only some have a stand-in for the payment provider. */
const bundlesOf = async (folder: string): Promise<readonly string[]> =>
  [...(await readTemplates(folder)).values()]
    .flatMap(({ Resources }) => Object.values(Resources))
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Metadata }) => String(Metadata?.['local:bundle']));

const SHARED = new Set(['kernel', 'edge', 'adapters']);

describe('bundles', () => {
  it('contain the code of one service only', () => {
    const foreign = Object.values(metafile.outputs).flatMap(({ entryPoint = '', inputs }) =>
      Object.keys(inputs)
        .filter((input) => serviceOf(input) !== undefined && !SHARED.has(serviceOf(input) ?? ''))
        .filter((input) => entryPoint !== '' && serviceOf(input) !== serviceOf(entryPoint))
        .map((input) => `${entryPoint} bundles ${input}`),
    );
    expect(foreign).toEqual([]);
  });

  it('were built from imports that the rooms allow', () => {
    const own = Object.entries(metafile.inputs).filter(([from]) => roomOf(from) !== undefined);
    expect(own.length).toBeGreaterThan(100);
    const objections = own.flatMap(([from, { imports }]) =>
      imports
        .filter(({ path }) => /^(functions|events|lib|packages|bin)\//.test(path))
        .map(({ path }) => objection({ from, to: path })),
    );
    expect(objections.filter((text) => text !== undefined)).toEqual([]);
  });

  it('take every package but the schema library, those of gRPC and the index from the prebuilt ones', () => {
    const linked = Object.keys(metafile.inputs).filter((input) => input.startsWith('node_modules/'));
    expect(linked.filter((input) => !/^node_modules\/(zod|@bufbuild|@connectrpc|minisearch)\//.test(input))).toEqual(
      [],
    );
    expect(Object.keys(metafile.inputs)).toContain('build/packages/middy-core.js');
  });

  it('serve exactly one function each, and every handler has one', async () => {
    const handlers = sources.filter((file) => file.endsWith('.handler.ts'));
    const expected = handlers.map((file) =>
      file.replace(/^functions\/(.*)\/handlers\/(.*)\.handler\.ts$/, 'build/$1.$2'),
    );
    const [dev, prod] = [await bundlesOf(assembly), await bundlesOf(await synthesize('prod'))];
    for (const deployed of [dev, prod]) expect(new Set(deployed).size).toBe(deployed.length);
    expect([...new Set([...dev, ...prod])].sort()).toEqual(expected.sort());
  }, 60_000);
});
