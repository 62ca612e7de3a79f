import { type BuildFailure, type BuildOptions, build, formatMessages, type Metafile, type OutputFile } from 'esbuild';
import type { Entry } from './entries.ts';
import { prebuiltPackages } from './prebuilt-packages.ts';

export interface Built {
  readonly metafile: Metafile;
  readonly files: readonly OutputFile[];
}

/**
 * CommonJS starts a little faster than ESM under X-Ray's SDK, and minification buys no start-up time, so stack traces
 * stay readable. Nothing here depends on where the checkout lies: equal sources give equal bytes, hence equal asset hashes.
 */
const options = (root: string, entries: readonly Entry[], alias: Readonly<Record<string, string>>) =>
  ({
    absWorkingDir: root,
    entryPoints: entries.map(({ source, bundleFolder, program }) => ({
      in: source,
      out: `${bundleFolder}/${program}`,
    })),
    outdir: '.',
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    // A linked node_modules gives the bundles that one in place gives.
    preserveSymlinks: true,
    alias: { ...alias },
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    charset: 'utf8',
    metafile: true,
    write: false,
    logLevel: 'silent',
  }) satisfies BuildOptions;

const isBuildFailure = (error: unknown): error is BuildFailure => error instanceof Error && 'errors' in error;

type Run = () => Promise<{ readonly metafile: Metafile; readonly outputFiles: readonly OutputFile[] }>;

const built = async (run: Run): Promise<Built> => {
  try {
    const { metafile, outputFiles } = await run();
    return { metafile, files: outputFiles };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    const messages = await formatMessages(error.errors, { kind: 'error', color: false });
    throw new Error(messages.join('\n').trim(), { cause: error });
  }
};

/** One esbuild run for all the entries; nothing is written. Throws an Error that shows the lines esbuild objects to. */
export const buildEntries = (root: string, entries: readonly Entry[]): Promise<Built> =>
  built(async () => build(options(root, entries, await prebuiltPackages(root))));
