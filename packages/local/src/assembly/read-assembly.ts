import { join, resolve } from 'node:path';
import { isObject, type JsonObject } from '../core/json.ts';
import { StartError } from '../core/start-error.ts';
import type { Assembly, Stack } from './assembly.ts';
import { assetLocator, type KnownAssets, noAssets, readAssetManifest } from './assets.ts';
import { readJsonObject } from './read-json.ts';
import { readStack } from './read-stack.ts';
import { objectAt } from './values.ts';

const SYNTHESIZE = 'synthesize again (`npx cdk synth`), or give the folder that it wrote with --app <folder>';

/** The newest manifest major this reader was tried against; older ones since v2's have the same stacks and assets. */
const NEWEST_SCHEMA = 55;

const readManifest = (folder: string): JsonObject => {
  const file = join(folder, 'manifest.json');
  const manifest = readJsonObject(file, "the cloud assembly's manifest", SYNTHESIZE);
  const major = Number.parseInt(String(manifest.version), 10);
  if (!(major <= NEWEST_SCHEMA)) {
    throw new StartError(
      `the assembly has schema version ${manifest.version}; ${NEWEST_SCHEMA} is the newest that can be read`,
      file,
      'synthesize with the version of aws-cdk-lib that package.json pins',
    );
  }
  return manifest;
};

interface Found {
  readonly stacks: Stack[];
  readonly assets: KnownAssets;
  readonly places: Set<string>;
}

const collect = (folder: string, found: Found): void => {
  for (const [id, artifact] of Object.entries(objectAt(readManifest(folder), 'artifacts'))) {
    if (!isObject(artifact)) continue;
    const properties = objectAt(artifact, 'properties');
    if (artifact.type === 'cdk:cloud-assembly') collect(resolve(folder, String(properties.directoryName)), found);
    if (artifact.type === 'cdk:asset-manifest') readAssetManifest(join(folder, String(properties.file)), found.assets);
    if (artifact.type === 'aws:cloudformation:stack') {
      found.stacks.push(readStack(folder, id, properties));
      found.places.add(String(artifact.environment));
    }
  }
};

/** `aws://123456789012/eu-west-1`, or `aws://unknown-account/unknown-region` for an environment-agnostic stack. */
const placeOf = (places: ReadonlySet<string>) => {
  const [, account, region] = /^aws:\/\/(\d{12}|unknown-account)\/([\w-]+)$/.exec([...places][0] ?? '') ?? [];
  return {
    ...(account && account !== 'unknown-account' && { account }),
    ...(region && region !== 'unknown-region' && { region }),
  };
};

/** Reads what `cdk synth` wrote, nested assemblies (stages) included. Throws StartError. */
export const readAssembly = (path: string): Assembly => {
  const folder = resolve(path);
  const found: Found = { stacks: [], assets: noAssets(), places: new Set() };
  collect(folder, found);
  if (found.stacks.length === 0) throw new StartError('the assembly holds no stack', folder, SYNTHESIZE);
  return { folder, stacks: found.stacks, assets: assetLocator(found.assets), ...placeOf(found.places) };
};
