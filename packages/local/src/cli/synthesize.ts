import { type ChildProcess, spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import type { JsonObject } from '../core/json.ts';
import { StartError } from '../core/start-error.ts';
import { fingerprintOf, isFresh, markFresh } from './fingerprint.ts';
import type { Project } from './project.ts';

/** Context that the CDK command line adds, so that this assembly equals the one of `npx cdk synth`. */
const CLI_CONTEXT: JsonObject = {
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:version-reporting': true,
  'aws:cdk:bundling-stacks': ['**'],
};

const environmentFor = ({ context }: Project, outFolder: string, stage: string): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  CDK_OUTDIR: outFolder,
  CDK_VALIDATION: 'false',
  CDK_CONTEXT_JSON: JSON.stringify({ ...CLI_CONTEXT, ...context, stage }),
});

const endGroup = (child: ChildProcess) => {
  if (child.pid === undefined || child.exitCode !== null) return;
  if (process.platform === 'win32') child.kill();
  else process.kill(-child.pid, 'SIGTERM');
};

/** A process of its own: aws-cdk-lib's memory goes with it. Answers what it printed, or refuses with that. */
const runApp = (project: Project, outFolder: string, stage: string, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(project.app, {
      cwd: project.folder,
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environmentFor(project, outFolder, stage),
      // A group of its own, so that the app ends with the shell that runs it.
      detached: process.platform !== 'win32',
    });
    signal?.addEventListener('abort', () => endGroup(child), { once: true });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve();
      const message = printed.trim() || `it ended with code ${code} and printed nothing`;
      reject(
        new StartError(`synthesis failed:\n\n${message}\n`, project.app, 'correct the app; npx cdk synth repeats it'),
      );
    });
  });

export interface Synthesis {
  readonly assemblyFolder: string;
  /** False when the assembly of an earlier run was still right. */
  readonly ran: boolean;
}

/** Makes sure that cdk.out holds the assembly of the sources as they are now, for this stage. */
export const synthesize = async (project: Project, stage: string, signal?: AbortSignal): Promise<Synthesis> => {
  const assemblyFolder = join(project.folder, 'cdk.out');
  const known = project.sources.length > 0;
  const fingerprint = known ? fingerprintOf(project.folder, project.sources, stage) : '';
  if (known && isFresh(assemblyFolder, fingerprint)) return { assemblyFolder, ran: false };
  await runApp(project, assemblyFolder, stage, signal);
  if (known) markFresh(assemblyFolder, fingerprint);
  return { assemblyFolder, ran: true };
};
