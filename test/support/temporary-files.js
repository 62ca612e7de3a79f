// @ts-check
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `os.tmpdir()` reads, here and in every program that a test starts; the last two on Windows. */
const VARIABLES = ['TMPDIR', 'TEMP', 'TMP'];

/** A folder for all temporary files of a run: hundreds of copies of assemblies and projects go with it. */
export default async () => {
  const folder = await mkdtemp(join(tmpdir(), 'archipelago-tests-'));
  for (const name of VARIABLES) process.env[name] = folder;
  globalThis.removeTemporaryFiles = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
};
