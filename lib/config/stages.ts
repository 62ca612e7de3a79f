import type { Stage } from './stage.ts';
import { dev } from './stages/dev.ts';
import { emulator } from './stages/emulator.ts';
import { prod } from './stages/prod.ts';

const STAGES: readonly Stage[] = [dev, emulator, prod];

/** Throws an Error that names the known stages. */
export const stageNamed = (name: string): Stage => {
  const stage = STAGES.find((known) => known.name === name);
  if (stage) return stage;
  const names = STAGES.map((known) => known.name).join(', ');
  throw new Error(`there is no stage '${name}'; choose one of: ${names} (e.g. npx cdk synth -c stage=${dev.name})`);
};
