import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Runtime, readAssembly, samEnvironment, startRuntime } from '@archipelago/local';
import { ENDPOINT_PORT } from '@archipelago/local/cli';
import { run } from './sam-cli.ts';

export const root = join(import.meta.dirname, '../..');

const FOLDER = join(root, '.local/sam');
const COMMITTED = { endpoint: `http://127.0.0.1:${ENDPOINT_PORT}`, file: join(root, 'events/env.json') };

/** The machine's own processor: emulating another one takes more than Docker on Linux brings. */
const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';

const synthesize = async (): Promise<string> => {
  const assembly = join(FOLDER, 'cdk.out');
  const environment = { ...process.env, CDK_OUTDIR: assembly, CDK_CONTEXT_JSON: JSON.stringify({ architecture }) };
  const app = spawn(process.execPath, [join(root, 'bin/app.ts')], { cwd: root, env: environment, stdio: 'inherit' });
  const [code] = await once(app, 'close');
  if (code !== 0) throw new Error('synthesis failed');
  return assembly;
};

const isOurs = async (address: string): Promise<boolean> => {
  const server = createServer();
  const listening = once(server.listen(0, address), 'listening').then(
    () => true,
    () => false,
  );
  const ours = await listening;
  server.close();
  return ours;
};

/** The machine's address on Docker's bridge; none where the engine runs in a machine of its own and shares loopback. */
const bridgeAddress = async (): Promise<string | undefined> => {
  const format = '{{(index .IPAM.Config 0).Gateway}}';
  const { exitCode, stdout } = await run('docker', ['network', 'inspect', 'bridge', '--format', format], 10_000);
  const address = exitCode === 0 && stdout.trim() !== '' ? stdout.trim() : '172.17.0.1';
  return (await isOurs(address)) ? address : undefined;
};

export interface System {
  readonly assembly: string;
  readonly runtime: Runtime;
  readonly environmentFile: string;
}

/** The system as `npm start` runs it, reachable from containers, with the environment file that leads to it. */
export const startSystem = async (): Promise<System> => {
  const assembly = await synthesize();
  const alsoListenOn = await bridgeAddress();
  const runtime = await startRuntime({
    assemblyFolder: assembly,
    endpointPort: ENDPOINT_PORT,
    ...(alsoListenOn !== undefined && { alsoListenOn }),
  });
  const endpoint = runtime.world.endpointUrl();
  if (endpoint === COMMITTED.endpoint) return { assembly, runtime, environmentFile: COMMITTED.file };
  const environmentFile = join(FOLDER, 'env.json');
  await mkdir(FOLDER, { recursive: true });
  await writeFile(environmentFile, JSON.stringify(samEnvironment(readAssembly(assembly), endpoint)));
  return { assembly, runtime, environmentFile };
};
