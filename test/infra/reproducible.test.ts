import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copySources } from '../deploy/source-copy.ts';

const SYNTHESIS_MS = 120_000;

const root = resolve('.');
let folder = '';

const synthesizeIn = (sources: string, outdir: string): Promise<void> =>
  new Promise((done, fail) => {
    const env = { ...process.env, CDK_OUTDIR: outdir, ARCHIPELAGO_STAGE: 'prod' };
    const app = spawn(process.execPath, ['bin/app.ts'], { cwd: sources, env });
    let said = '';
    app.stderr.on('data', (chunk) => (said += chunk));
    app.on('close', (code) => (code === 0 ? done() : fail(new Error(said))));
  });

/**
 * The text of everything that `cdk deploy` compares and uploads: templates, and what names the assets by their hashes.
 * Metadata of a construct say in which file it was made, for messages of the CLI.
 */
const assemblyOf = async (sources: string): Promise<Readonly<Record<string, string>>> => {
  const outdir = join(sources, 'cdk.out');
  await copySources(root, sources);
  await synthesizeIn(sources, outdir);
  const files = (await readdir(outdir)).filter((file) => file.endsWith('.json') && !file.endsWith('.metadata.json'));
  const texts = files.map(async (file) => [file, await readFile(join(outdir, file), 'utf8')]);
  return Object.fromEntries(await Promise.all(texts));
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archipelago-reproducible-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('an assembly', () => {
  it(
    'is the same to the byte wherever and whenever the same sources are synthesized',
    async () => {
      const first = await assemblyOf(join(folder, 'one'));
      const second = await assemblyOf(join(folder, 'somewhere else', 'deeper', 'two'));
      expect(Object.keys(first).filter((file) => file.endsWith('.template.json')).length).toBeGreaterThan(5);
      expect(Object.keys(second)).toEqual(Object.keys(first));
      expect(Object.keys(first).filter((file) => first[file] !== second[file])).toEqual([]);
    },
    SYNTHESIS_MS,
  );
});
