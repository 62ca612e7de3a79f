import { delimiter, dirname } from 'node:path';
import type { Command } from '../../../compute/guarded-process.ts';
import type { ImageAsset } from '../../../core/ports.ts';

/** What one task is started from. */
export interface TaskPlan {
  readonly taskId: string;
  readonly image: ImageAsset;
  readonly argv: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

/** How a container becomes a process of this machine. */
export interface Launcher {
  /** Runs before the first task of an image. Throws an Error that says what is wrong with the image. */
  prepare(image: ImageAsset): Promise<void>;
  run(plan: TaskPlan): Command;
  /** A command inside a running task. */
  exec(plan: TaskPlan, argv: readonly string[]): Command;
}

/** Where images look for programs; `node` is the one that runs this program. */
const PATH = [
  dirname(process.execPath),
  ...['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'],
].join(delimiter);

/** A task as a child process: the container's command in the folder that its image is built from. */
export const processLauncher: Launcher = {
  prepare: () => Promise.resolve(),
  run: ({ argv, image, variables }) => ({ argv, folder: image.folder, variables: { ...variables, PATH } }),
  exec: ({ image, variables }, argv) => ({ argv, folder: image.folder, variables: { ...variables, PATH } }),
};
