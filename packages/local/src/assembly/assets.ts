import { dirname, resolve } from 'node:path';
import { isObject, type Json, type JsonObject } from '../core/json.ts';
import type { AssetLocator, ImageAsset } from '../core/ports.ts';
import { readJsonObject } from './read-json.ts';
import { objectAt, objectOf, textOf } from './values.ts';

/** What asset manifests name: files by object key, images by tag. Both are content hashes, so buckets and repositories add nothing. */
export interface KnownAssets {
  readonly files: Map<string, string>;
  readonly images: Map<string, ImageAsset>;
}

export const noAssets = (): KnownAssets => ({ files: new Map(), images: new Map() });

const entriesOf = (manifest: JsonObject, kind: string) =>
  Object.values(objectAt(manifest, kind)).flatMap((asset) => {
    if (!isObject(asset)) return [];
    const source = objectAt(asset, 'source');
    return Object.values(objectAt(asset, 'destinations')).map((destination) => ({
      source,
      destination: objectOf(destination),
    }));
  });

const addImage = (folder: string, source: JsonObject, tag: Json | undefined, into: KnownAssets): void => {
  if (typeof source.directory !== 'string' || typeof tag !== 'string') return;
  const args = Object.entries(objectAt(source, 'dockerBuildArgs')).map(([name, value]) => [name, String(value)]);
  into.images.set(tag, {
    tag,
    folder: resolve(folder, source.directory),
    dockerFile: textOf(source.dockerFile) ?? 'Dockerfile',
    buildArgs: Object.fromEntries(args),
    target: textOf(source.dockerBuildTarget),
  });
};

/** Adds every file and every image of a `cdk:asset-manifest`. */
export const readAssetManifest = (file: string, into: KnownAssets): void => {
  const manifest = readJsonObject(file, 'an asset manifest', 'synthesize again (`npx cdk synth`)');
  const folder = dirname(file);
  for (const { source, destination } of entriesOf(manifest, 'files')) {
    if (typeof source.path !== 'string' || typeof destination.objectKey !== 'string') continue;
    into.files.set(destination.objectKey, resolve(folder, source.path));
  }
  for (const { source, destination } of entriesOf(manifest, 'dockerImages')) {
    addImage(folder, source, destination.imageTag, into);
  }
};

export const assetLocator = ({ files, images }: KnownAssets): AssetLocator => ({
  locate: (_bucket, key) => files.get(key),
  locateImage: (tag) => images.get(tag),
});
