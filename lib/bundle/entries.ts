import { readdir } from 'node:fs/promises';

/** One Lambda function's source and the folder its code is built into; both relative to the root, with forward slashes. */
export interface Entry {
  readonly service: string;
  /** The handler's file name without `.handler.ts`. */
  readonly name: string;
  readonly source: string;
  readonly bundleFolder: string;
}

/**
 * Bundles lie as deep as the assets of an assembly (`cdk.out/asset.<hash>`): the relative paths in their source maps then
 * name the files of the checkout in both places.
 */
export const BUNDLES = 'build';

export const bundleFolderOf = (service: string, name: string): string => `${BUNDLES}/${service}.${name}`;

const HANDLER = /^functions\/([^/]+)\/handlers\/([^/]+)\.handler\.ts$/;

const entryAt = (source: string): Entry | undefined => {
  const [, service, name] = HANDLER.exec(source) ?? [];
  if (service === undefined || name === undefined) return undefined;
  return { service, name, source, bundleFolder: bundleFolderOf(service, name) };
};

/** Every `functions/<service>/handlers/<name>.handler.ts` below the root, in order of path. */
export const findEntries = async (root: string): Promise<readonly Entry[]> => {
  const files = await readdir(`${root}/functions`, { recursive: true });
  return files
    .map((file) => entryAt(`functions/${file.replaceAll('\\', '/')}`))
    .filter((entry) => entry !== undefined)
    .sort((a, b) => (a.source < b.source ? -1 : 1));
};
