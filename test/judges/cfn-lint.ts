import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type JudgedApp, withApps } from './apps.ts';
import { pythonProgram, Unprepared } from './python.ts';

const root = join(import.meta.dirname, '../..');

const VERSION = '1.58.0';

/** CDK states a dependency that a Ref or GetAtt implies already; no harm comes of it. */
const IGNORED = 'W3005';

/** Written with a property that there is not: a judge that passes it judges nothing. */
const PLANTED = join(import.meta.dirname, 'planted/misspelt.template.json');

interface Match {
  readonly Filename: string;
  readonly Level: string;
  readonly Location: { readonly Path: readonly (string | number)[] | null };
  readonly Message: string;
  readonly Rule: { readonly Id: string };
}

/** cfn-lint exits with a code other than 0 when it finds something; output that is not its report is a failure. */
const lint = (program: string, templates: readonly string[]): Promise<readonly Match[]> =>
  new Promise((resolve, reject) => {
    const args = ['--format', 'json', '--ignore-checks', IGNORED, '--template', ...templates];
    execFile(program, args, { maxBuffer: 64 * 1024 * 1024 }, (_error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout));
      } catch {
        reject(new Error(`cfn-lint gave no report:\n${stderr.trim() || stdout.trim()}`));
      }
    });
  });

const templatesOf = async ({ app }: JudgedApp): Promise<readonly string[]> => {
  const { directory } = app.synth();
  const files = await readdir(directory);
  return files.filter((file) => file.endsWith('.template.json')).map((file) => join(directory, file));
};

const line = ({ Filename, Level, Location, Message, Rule }: Match): string =>
  `${Filename} ${Location.Path?.join('/') ?? ''}: ${Level} ${Rule.Id}: ${Message}`;

const judge = async (apps: readonly JudgedApp[]): Promise<boolean> => {
  const program = await pythonProgram(join(root, '.local/judges'), 'cfn-lint', VERSION);
  const groups: (readonly string[])[] = [];
  for (const app of apps) groups.push(await templatesOf(app));
  const matches = (await Promise.all([...groups, [PLANTED]].map((each) => lint(program, each)))).flat();
  const found = matches.filter(({ Filename }) => Filename !== PLANTED);
  for (const match of found) console.error(line(match));
  const awake = matches.some(({ Filename, Level }) => Filename === PLANTED && Level === 'Error');
  if (!awake) console.error(`cfn-lint does not find the planted fault in ${PLANTED}`);
  console.log(
    `cfn-lint ${VERSION}, ${groups.flat().length} templates of ${apps.map(({ name }) => name).join(', ')}: ` +
      `${found.length} errors and warnings (${IGNORED} left out), the planted one ${awake ? 'found' : 'missed'}`,
  );
  return awake && found.length === 0;
};

try {
  process.exitCode = (await withApps(judge)) ? 0 : 1;
} catch (error) {
  if (!(error instanceof Unprepared)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
