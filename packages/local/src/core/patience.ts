import type { World } from './world.ts';

const DAY_MS = 86_400_000;

/** How long to wait for code that is given `timeoutMs`: just that, or a day while a person may stand at a breakpoint. */
export const patience = ({ debugging }: Pick<World, 'debugging'>, timeoutMs: number): number =>
  debugging ? DAY_MS : timeoutMs;
