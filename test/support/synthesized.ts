import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

const SOURCES = ['bin', 'lib', 'functions', 'events'];
const SETTINGS = ['cdk.json', 'package-lock.json'];

/** An assembly holds every function's code; those of sources that have moved on are of no use for long. */
const KEPT_MS = 60 * 60 * 1000;

const filesIn = async (folder: string): Promise<readonly string[]> => {
  const found = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return found.filter((each) => each.isFile()).map(({ parentPath, name }) => join(parentPath, name));
};

const sourcesHash = async (): Promise<string> => {
  const files = (await Promise.all(SOURCES.map(filesIn))).flat().filter((file) => file.endsWith('.ts'));
  const hash = createHash('sha256');
  for (const file of [...files.sort(), ...SETTINGS.map((name) => join(root, name))]) {
    hash.update(file.slice(root.length)).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
};

const runApp = (stage: string, outdir: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const environment = { ...process.env, CDK_OUTDIR: outdir, ARCHIPELAGO_STAGE: stage };
    const app = spawn(process.execPath, [join(root, 'bin/app.ts')], { cwd: root, env: environment });
    let said = '';
    app.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    app.on('error', reject);
    app.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`synthesizing ${stage} failed:\n${said}`))));
  });

/** Of the sources as they are, an assembly stays however old it is: another test process may just have been given it. */
export const removeOld = async (folder: string, hash: string, nowMs: number): Promise<void> => {
  const others = (await readdir(folder)).filter((name) => !name.includes(hash));
  for (const name of others) {
    const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: nowMs }));
    if (nowMs - mtimeMs > KEPT_MS) await rm(join(folder, name), { recursive: true, force: true });
  }
};

/**
 * The folder of a stage's cloud assembly, synthesized as `cdk synth` does. It is made once for the sources as they are,
 * and shared by all tests: nobody may write into it.
 */
export const synthesize = async (stage: string): Promise<string> => {
  const folder = join(root, 'build/assemblies');
  const hash = await sourcesHash();
  const name = `${stage}-${hash}`;
  const assembly = join(folder, name);
  if (existsSync(join(assembly, 'manifest.json'))) return assembly;
  await mkdir(folder, { recursive: true });
  await removeOld(folder, hash, Date.now());
  const pending = join(folder, `${name}.${process.pid}`);
  await runApp(stage, pending);
  await rename(pending, assembly).catch(async (error: unknown) => {
    // Another test process was faster; its assembly is as good.
    if (!existsSync(join(assembly, 'manifest.json'))) throw error;
    await rm(pending, { recursive: true, force: true });
  });
  return assembly;
};
