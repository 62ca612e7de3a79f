import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ended, runCommand } from './command.ts';
import { isMissingProgram, lastLines, Problem } from './problem.ts';

/** The version that stage `emulator` is made for; what it rejects is left out there. */
export const MINISTACK_VERSION = '1.5.33';

/** Without `cryptography` its user pools sign tokens that nobody can verify. */
const PACKAGES = [`ministack==${MINISTACK_VERSION}`, 'cryptography'];

const PYTHON = 'python3';

const orExplain = async (advice: string, run: Promise<Ended>): Promise<void> => {
  const { code, output } = await run.catch((error: unknown) => {
    if (isMissingProgram(error)) {
      throw new Problem(`there is no ${PYTHON} on the PATH; install Python 3.10 or later, with its venv module`);
    }
    throw error;
  });
  if (code !== 0) throw new Problem(`${advice}:\n${lastLines(output)}`);
};

/**
 * A folder of Python's own in which the emulator is installed, made once; answers the path of its program.
 * Throws a Problem that says what is missing.
 */
export const installedEmulator = async (folder: string, env: NodeJS.ProcessEnv = process.env): Promise<string> => {
  const marker = join(folder, 'complete');
  const program = join(folder, 'bin/ministack');
  const wanted = PACKAGES.join('\n');
  if ((await readFile(marker, 'utf8').catch(() => undefined)) === wanted) return program;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await orExplain('Python cannot make a virtual environment', runCommand(PYTHON, ['-m', 'venv', folder], { env }));
  await orExplain(
    `pip cannot install ${PACKAGES.join(' and ')}; check that it reaches a package index`,
    runCommand(join(folder, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', ...PACKAGES], { env }),
  );
  await writeFile(marker, wanted);
  return program;
};
