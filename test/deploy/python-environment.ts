import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ended, runCommand } from './command.ts';
import { isMissingProgram, lastLines, Problem } from './problem.ts';

/** The version that stage `emulator` is made for; what it rejects is left out there. */
export const MINISTACK_VERSION = '1.5.33';

/** Without `cryptography` its user pools sign tokens that nobody can verify. */
const PACKAGES = [`ministack==${MINISTACK_VERSION}`, 'cryptography'];

const PYTHON = 'python3';

export interface PythonPackages {
  /** What pip is asked for: packages, or `-r` and a file. */
  readonly asked: readonly string[];
  /** Another text makes the environment once more. */
  readonly wanted: string;
  /** The oldest version of Python that they run on, such as 3.10. */
  readonly python: string;
}

const orExplain = async (advice: string, python: string, run: Promise<Ended>): Promise<void> => {
  const { code, output } = await run.catch((error: unknown) => {
    if (isMissingProgram(error)) {
      throw new Problem(`there is no ${PYTHON} on the PATH; install Python ${python} or later, with its venv module`);
    }
    throw error;
  });
  if (code !== 0) throw new Problem(`${advice}:\n${lastLines(output)}`);
};

/**
 * A folder of Python's own in which packages are installed, made once. Throws a Problem that says what is missing.
 */
export const pythonEnvironment = async (
  folder: string,
  { asked, wanted, python }: PythonPackages,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> => {
  const marker = join(folder, 'complete');
  if ((await readFile(marker, 'utf8').catch(() => undefined)) === wanted) return;
  await rm(folder, { recursive: true, force: true });
  const isNewEnough = `import sys; sys.exit(sys.version_info < (${python.replace('.', ', ')}) and 'it is ' + sys.version)`;
  await orExplain(`Python ${python} or later is needed`, python, runCommand(PYTHON, ['-c', isNewEnough], { env }));
  await mkdir(folder, { recursive: true });
  await orExplain(
    'Python cannot make a virtual environment',
    python,
    runCommand(PYTHON, ['-m', 'venv', folder], { env }),
  );
  await orExplain(
    `pip cannot install ${asked.join(' ')}; check that it reaches a package index`,
    python,
    runCommand(join(folder, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', ...asked], { env }),
  );
  await writeFile(marker, wanted);
};

/** Answers the path of the emulator's program, installed when it was not. */
export const installedEmulator = async (folder: string, env: NodeJS.ProcessEnv = process.env): Promise<string> => {
  await pythonEnvironment(folder, { asked: PACKAGES, wanted: PACKAGES.join('\n'), python: '3.10' }, env);
  return join(folder, 'bin/ministack');
};
