import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleAll } from '../../lib/bundle/bundle-all.ts';
import { type ServiceTree, serviceTree } from '../support/service-tree.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Where the handler of a function lies, relative to the project. */
export const sourceOf = (name: string): string => `functions/ships/handlers/${name}.handler.ts`;

const HANDLERS: Readonly<Record<string, string>> = {
  weigh: `interface Anchor {
  readonly stuck: boolean;
}

const weigh = ({ stuck }: Anchor): string => {
  if (stuck) throw new Error('the anchor is stuck');
  return 'weighed';
};

export const handler = async (anchor: Anchor): Promise<string> => weigh(anchor);
`,
};

/** The line of a handler's source, counted from 1, that holds a text. */
export const lineOf = (name: string, text: string): number =>
  (HANDLERS[name] ?? '').split('\n').findIndex((line) => line.includes(text)) + 1;

const shipFunction = (name: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: `ships-${name}`,
    Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Environment: {
      Variables: { NODE_OPTIONS: '--enable-source-maps', SERVICE: 'ships', STAGE: 'test', PREFIX: 'ships' },
    },
  },
  Metadata: { 'local:bundle': `build/ships.${name}` },
});

const RESOURCES = { Weigh: shipFunction('weigh') };

const writeAssembly = (root: string): void => {
  const out = join(root, 'cdk.out');
  const write = (file: string, value: object) => writeFileSync(join(out, file), JSON.stringify(value));
  mkdirSync(out);
  const names = Object.keys(HANDLERS);
  for (const name of names) {
    cpSync(join(root, `build/ships.${name}`), join(out, `asset.${name}`), { recursive: true });
  }
  const files = names.map((name) => {
    const destinations = { here: { bucketName: 'assets', objectKey: `${name}.zip` } };
    return [name, { source: { path: `asset.${name}`, packaging: 'zip' }, destinations }];
  });
  write('Ships.assets.json', { version: '55.0.0', files: Object.fromEntries(files) });
  write('Ships.template.json', { Resources: RESOURCES });
  const artifacts = {
    Ships: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Ships.template.json' } },
    'Ships.assets': { type: 'cdk:asset-manifest', properties: { file: 'Ships.assets.json' } },
  };
  write('manifest.json', { version: '55.0.0', artifacts });
};

const linkPackages = (root: string): void => {
  for (const folder of ['kernel', 'edge', 'adapters']) {
    cpSync(join(ROOT, 'functions', folder), join(root, 'functions', folder), { recursive: true });
  }
  cpSync(join(ROOT, 'package-lock.json'), join(root, 'package-lock.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
};

/** A project whose handlers fail, bundled as ours are and with an assembly in `cdk.out` as \`cdk synth\` writes one. */
export const faultyProject = async (): Promise<ServiceTree> => {
  const handlers = Object.entries(HANDLERS).map(([name, source]) => [sourceOf(name), source]);
  const tree = await serviceTree({
    'cdk.json': JSON.stringify({ app: 'true' }),
    'events/contracts/.keep': '',
    ...Object.fromEntries(handlers),
  });
  linkPackages(tree.root);
  await bundleAll(tree);
  writeAssembly(tree.root);
  return tree;
};
