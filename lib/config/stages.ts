import type { Stage, TaskSize } from './stage.ts';
import { dev } from './stages/dev.ts';
import { emulator } from './stages/emulator.ts';
import { prod } from './stages/prod.ts';

const STAGES: readonly Stage[] = [dev, emulator, prod];

export const stageNames: readonly string[] = STAGES.map(({ name }) => name);

/** Throws an Error that names the known stages. */
export const stageNamed = (name: string): Stage => {
  const stage = STAGES.find((known) => known.name === name);
  if (stage) return stage;
  throw new Error(
    `there is no stage '${name}'; choose one of: ${stageNames.join(', ')} (e.g. npx cdk synth -c stage=${dev.name})`,
  );
};

const isArchitecture = (text: string): text is Stage['architecture'] => text === 'arm64' || text === 'x86_64';

/** The stage with its functions on another processor: on the machine's own, SAM's containers need no emulation. */
export const onArchitecture = (stage: Stage, architecture: string): Stage => {
  if (isArchitecture(architecture)) return { ...stage, architecture };
  throw new Error(`there is no architecture '${architecture}'; choose arm64 or x86_64`);
};

/** What a stage says of the tasks of a service. */
export const tasksOf = ({ tasks }: Stage, service: string): 'off' | TaskSize => tasks.of[service] ?? tasks.usual;

/** The stage without a service in containers: `off` is all that can be said here. */
export const withTasks = (stage: Stage, service: string, asked: string | undefined): Stage => {
  if (asked === undefined) return stage;
  if (asked === 'off') return { ...stage, tasks: { ...stage.tasks, of: { ...stage.tasks.of, [service]: asked } } };
  throw new Error(`${service} is as the stage says, or off; '${asked}' is neither`);
};
