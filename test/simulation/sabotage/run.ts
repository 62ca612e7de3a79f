import { rm } from 'node:fs/promises';
import { createStepThreads, type StepThreads } from '@archipelago/local/simulation';
import { synthesize } from '../../support/synthesized.ts';
import { type Played, play } from '../play.ts';
import { say } from '../processes.ts';
import { scenarioNamed } from '../scenarios.ts';
import { sabotagedAssembly } from './sabotaged-assembly.ts';
import { type Patch, SABOTAGES, type Sabotage } from './sabotages.ts';

const breaks = ({ violations }: Played, { invariant }: Sabotage): boolean =>
  violations.some((violation) => violation.invariant === invariant);

/** The first seed under which the invariant breaks; undefined when none does. */
const firstCaught = async (
  sabotage: Sabotage,
  playSeed: (seed: number) => Promise<Played>,
): Promise<Played | undefined> => {
  for (let tried = 0; tried < sabotage.seeds; tried += 1) {
    const played = await playSeed(sabotage.seed + tried);
    if (breaks(played, sabotage)) return played;
  }
  return undefined;
};

/** Lends a copy of the assembly that is changed so. */
const withPatches = async <Result>(
  sound: string,
  patches: readonly Patch[],
  use: (assemblyFolder: string) => Promise<Result>,
): Promise<Result> => {
  const assemblyFolder = await sabotagedAssembly(sound, patches);
  try {
    return await use(assemblyFolder);
  } finally {
    await rm(assemblyFolder, { recursive: true, force: true });
  }
};

/** Why the sabotage does not count as caught; undefined when it does. */
const objectionTo = async (sabotage: Sabotage, sound: string, threads: StepThreads): Promise<string | undefined> => {
  const scenario = scenarioNamed(sabotage.scenario);
  if (!scenario) throw new Error(`there is no scenario ${sabotage.scenario}`);
  const { patches, probes = [], seed: first, seeds } = sabotage;
  const playIn = (folder: string, seed: number) => {
    const releases = sabotage.beside ? { assemblyFolder: sound, beside: folder } : { assemblyFolder: folder };
    return play({ ...releases, scenario, seed, threads });
  };
  const caught = await withPatches(sound, [...patches, ...probes], (folder) =>
    firstCaught(sabotage, (seed) => playIn(folder, seed)),
  );
  if (!caught) return `no seed from ${first} to ${first + seeds - 1} sees it`;
  const found = caught.violations.find(({ invariant }) => invariant === sabotage.invariant);
  say(`  seed ${caught.seed}: ${found?.invariant}  ${found?.subject}  ${found?.text}`);
  const without = await withPatches(sound, probes, (folder) => playIn(folder, caught.seed));
  return without.violations.length === 0 ? undefined : `seed ${caught.seed} breaks a promise without it too`;
};

/** In threads of its own: a thread keeps the code of each assembly that it has loaded, and its memory is bounded. */
const examine = async (sabotage: Sabotage, sound: string): Promise<string | undefined> => {
  const threads = createStepThreads();
  try {
    return await objectionTo(sabotage, sound, threads);
  } finally {
    await threads.stop();
  }
};

/** `npm run simulate:sabotage [-- <name>…]`. Exits with 1 when one of them is not seen. */
const main = async (): Promise<number> => {
  const names = process.argv.slice(2);
  const chosen = names.length === 0 ? SABOTAGES : SABOTAGES.filter(({ name }) => names.includes(name));
  if (chosen.length < names.length) throw new Error(`there is ${SABOTAGES.map(({ name }) => name).join(', ')}`);
  const sound = await synthesize('dev');
  let missed = 0;
  for (const sabotage of chosen) {
    const startedAtMs = Date.now();
    say(`${sabotage.name}: ${sabotage.about}`);
    const objection = await examine(sabotage, sound);
    if (objection !== undefined) missed += 1;
    const seconds = ((Date.now() - startedAtMs) / 1_000).toFixed(1);
    say(`  ${objection === undefined ? 'caught' : `NOT CAUGHT: ${objection}`}, ${sabotage.scenario}, ${seconds} s\n`);
  }
  say(`${chosen.length - missed} of ${chosen.length} caught`);
  return missed === 0 ? 0 : 1;
};

process.exitCode = await main();
