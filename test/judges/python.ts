import { execFile } from 'node:child_process';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

const BIN = process.platform === 'win32' ? 'Scripts' : 'bin';

/** A refusal that says what to do. */
export class Unprepared extends Error {}

const findPython = async (): Promise<string> => {
  for (const command of ['python3', 'python']) {
    const works = await execute(command, [
      '-c',
      'import sys, venv, ensurepip; assert sys.version_info >= (3, 10)',
    ]).then(
      () => true,
      () => false,
    );
    if (works) return command;
  }
  throw new Unprepared(
    'Python 3.10 or newer with venv is missing, on which cfn-lint runs: install it (apt-get install python3-venv, brew install python)',
  );
};

const exists = async (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/**
 * The program of a package of PyPI, from an environment of its own in `folder` that is made once. Throws Unprepared.
 */
export const pythonProgram = async (folder: string, name: string, version: string): Promise<string> => {
  const requirement = `${name}==${version}`;
  const home = join(folder, `${name}-${version}`);
  const python = join(home, BIN, 'python');
  const program = join(home, BIN, name);
  const ready = join(home, 'ready');
  if (await exists(ready)) return program;
  const system = await findPython();
  console.log(`installing ${requirement} into ${home} ...`);
  await rm(home, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    await execute(system, ['-m', 'venv', home]);
    await execute(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', requirement]);
  } catch (error) {
    const said = error instanceof Error ? error.message.trim().split('\n').slice(-3).join('\n') : String(error);
    throw new Unprepared(`${requirement} cannot be installed from PyPI:\n${said}`);
  }
  await writeFile(ready, '');
  return program;
};
