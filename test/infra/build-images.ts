import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const HELP = `Builds the image of every service's task for arm64 from the bundles in build, and has Node.js read its program in it.

  npm run bundle && npm run test:images

It needs Docker, and arm64 or an emulation of it. Exit code: 0 when every image is built and its program is read.`;

const TASK = /^([a-z][a-z0-9-]*)\.task$/;

const docker = (...args: readonly string[]): void => {
  const { status, error } = spawnSync('docker', args, { stdio: 'inherit' });
  if (error) throw new Error(`docker cannot be run: ${error.message}; install Docker, and start it`);
  if (status !== 0) throw new Error(`docker ${args[0]} ended with ${status}`);
};

const buildAll = (): void => {
  const folders = readdirSync('build').filter((name) => TASK.test(name));
  if (folders.length === 0) throw new Error('there are no bundles of tasks in build: run `npm run bundle` first');
  for (const folder of folders) {
    const image = `archipelago-${folder.replace('.', '-')}:test`;
    docker('build', '--platform', 'linux/arm64', '--tag', image, join('build', folder));
    docker('run', '--rm', '--read-only', '--platform', 'linux/arm64', image, 'node', '--check', 'main.js');
    console.log(`ok    ${image}`);
  }
};

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h', default: false } } });
try {
  if (values.help) console.log(HELP);
  else buildAll();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
