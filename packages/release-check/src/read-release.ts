import { synthesizeStacks } from './assembly.ts';
import { readContractShapes } from './contract-shapes.ts';
import { readContractUses } from './contract-uses.ts';
import type { Release } from './rules/release.ts';
import { readStoredExamples, readStoredKinds } from './stored-events.ts';

export interface Sources {
  readonly root: string;
  /** What messages call them. */
  readonly label: string;
}

/** What would be deployed of these sources. */
export const readRelease = async ({ root, label }: Sources, stage: string, signal: AbortSignal): Promise<Release> => {
  const stacks = await synthesizeStacks({ root, stage, label, signal });
  const shapes = await readContractShapes(root);
  return {
    stacks,
    ...shapes,
    uses: await readContractUses(root, shapes),
    storedKinds: await readStoredKinds(root),
    storedExamples: await readStoredExamples(root),
  };
};
