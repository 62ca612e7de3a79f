import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { startProcess } from '../../../compute/guarded-process.ts';
import type { ImageAsset } from '../../../core/ports.ts';
import { StartError } from '../../../core/start-error.ts';
import { messageOf } from '../../../core/thrown.ts';
import type { Launcher, TaskPlan } from './launcher.ts';

/** They take the same words for what is needed here. */
const ENGINES = ['docker', 'podman', 'finch'];

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const ownVariables = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** How long an engine may take to say that it is there. */
const ANSWER_WITHIN_MS = 10_000;

/** What the engine says of itself when it cannot be used; undefined when it can. */
const complaintOf = (engine: string): string | undefined => {
  const { status, stderr, error } = spawnSync(engine, ['info'], {
    encoding: 'utf8',
    env: { ...ownVariables() },
    timeout: ANSWER_WITHIN_MS,
  });
  return status === 0 ? undefined : `${engine}: ${error ? messageOf(error) : stderr.trim()}`;
};

/** The first engine on PATH that answers. */
const findEngine = (): string => {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = ENGINES.flatMap((name) => folders.map((folder) => join(folder, name))).filter(isProgram);
  const complaints: string[] = [];
  for (const engine of found) {
    const complaint = complaintOf(engine);
    if (complaint === undefined) return engine;
    complaints.push(complaint);
  }
  throw new StartError(
    `--containers needs a container engine, ${ENGINES.join(', ')}: ${complaints.join('; ') || 'none of them is here'}`,
    'PATH',
    `${found.length === 0 ? 'install' : 'start'} one of them, or start without --containers: tasks run as processes then`,
  );
};

const imageOf = ({ tag }: ImageAsset): string => `archipelago-local:${tag}`;
const nameOf = ({ taskId }: TaskPlan): string => `archipelago-local-${taskId}`;

const MOST_LINES = 20;

/** Tasks as containers of an engine, in the network of this machine, so that they are reached as processes are. */
export const createContainerLauncher = (): Launcher => {
  const engine = findEngine();
  const built = new Map<string, Promise<void>>();
  const command = (folder: string, argv: readonly string[]) => ({ argv, folder, variables: ownVariables() });

  const build = async (image: ImageAsset): Promise<void> => {
    const { folder, dockerFile, target, buildArgs } = image;
    const lines: string[] = [];
    const building = startProcess(
      command(folder, [
        ...[engine, 'build', '--tag', imageOf(image), '--file', join(folder, dockerFile)],
        ...(target === undefined ? [] : ['--target', target]),
        ...Object.entries(buildArgs).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
        folder,
      ]),
      { onText: (_level, text) => void lines.push(...text.split('\n')) },
    );
    const ended = await building.ended;
    if (ended !== 'exit code 0') {
      throw new Error(`the image in ${folder} could not be built: ${ended}\n${lines.slice(-MOST_LINES).join('\n')}`);
    }
  };

  return {
    prepare: (image) => {
      const begun = built.get(image.tag) ?? build(image);
      built.set(image.tag, begun);
      begun.catch(() => built.delete(image.tag));
      return begun;
    },
    run: (plan) => {
      const [entryPoint = '', ...args] = plan.argv;
      return {
        ...command(plan.image.folder, [
          ...[engine, 'run', '--rm', '--name', nameOf(plan), '--network', 'host', '--entrypoint', entryPoint],
          ...Object.entries(plan.variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
          ...[imageOf(plan.image), ...args],
        ]),
        afterwards: [engine, 'rm', '--force', nameOf(plan)],
      };
    },
    exec: (plan, argv) => command(plan.image.folder, [engine, 'exec', nameOf(plan), ...argv]),
  };
};
