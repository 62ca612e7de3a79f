import { readdir } from 'node:fs/promises';

/**
 * The source of one Lambda function, or of one program of a container, and the folder its code is built into; both relative
 * to the root, with forward slashes.
 */
export interface Entry {
  readonly service: string;
  /** The handler's file name without `.handler.ts`; `task` for a container. */
  readonly name: string;
  /** The program's file in the folder, without `.js`. */
  readonly program: string;
  readonly source: string;
  readonly bundleFolder: string;
}

/**
 * Bundles lie as deep as the assets of an assembly (`cdk.out/asset.<hash>`): the relative paths in their source maps then
 * name the files of the checkout in both places.
 */
export const BUNDLES = 'build';

const bundleFolderOf = (service: string, name: string): string => `${BUNDLES}/${service}.${name}`;

const HANDLER = /^functions\/([^/]+)\/handlers\/([^/]+)\.handler\.ts$/;

/** What a container runs, and what it is asked for its health. */
const TASK = /^functions\/([^/]+)\/task\/(main|health)\.ts$/;

/** What an image is made of besides, in the folder of its programs. */
export const DOCKERFILE = 'Dockerfile';

/** The bundle, relative to the root. */
export const bundleOf = ({ bundleFolder, program }: Entry): string => `${bundleFolder}/${program}.js`;

const entryAt = (source: string): Entry | undefined => {
  const [, service, name] = HANDLER.exec(source) ?? [];
  if (service !== undefined && name !== undefined)
    return { service, name, program: 'index', source, bundleFolder: bundleFolderOf(service, name) };
  const [, owner, program] = TASK.exec(source) ?? [];
  if (owner === undefined || program === undefined) return undefined;
  return { service: owner, name: 'task', program, source, bundleFolder: bundleFolderOf(owner, 'task') };
};

/** Every `functions/<service>/handlers/<name>.handler.ts` and the programs of containers below the root, in order of path. */
export const findEntries = async (root: string): Promise<readonly Entry[]> => {
  const files = await readdir(`${root}/functions`, { recursive: true });
  return files
    .map((file) => entryAt(`functions/${file.replaceAll('\\', '/')}`))
    .filter((entry) => entry !== undefined)
    .sort((a, b) => (a.source < b.source ? -1 : 1));
};
