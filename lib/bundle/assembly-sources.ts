import { build } from 'esbuild';

/** The files that the CDK app is made from, relative to the root with forward slashes: its entry and all that it imports. */
export const assemblySources = async (root: string, entry = 'bin/app.ts'): Promise<ReadonlySet<string>> => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outdir: 'build',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  return new Set(Object.keys(metafile.inputs));
};
