import { dirname, join } from 'node:path';
import { isObject } from '../core/json.ts';
import type { AssetLocator } from '../core/ports.ts';
import { readJsonObject } from './read-json.ts';
import { objectAt } from './values.ts';

/** Adds object key → path for every file asset of a `cdk:asset-manifest`. Keys are content hashes, so buckets add nothing. */
export const readAssetManifest = (file: string, into: Map<string, string>): void => {
  const manifest = readJsonObject(file, 'an asset manifest', 'synthesize again (`npx cdk synth`)');
  for (const asset of Object.values(objectAt(manifest, 'files'))) {
    if (!isObject(asset)) continue;
    const { path } = objectAt(asset, 'source');
    for (const destination of Object.values(objectAt(asset, 'destinations'))) {
      if (isObject(destination) && typeof path === 'string' && typeof destination.objectKey === 'string') {
        into.set(destination.objectKey, join(dirname(file), path));
      }
    }
  }
};

export const assetLocator = (paths: ReadonlyMap<string, string>): AssetLocator => ({
  locate: (_bucket, key) => paths.get(key),
});
