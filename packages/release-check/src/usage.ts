import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as z from 'zod/mini';
import { CheckProblem, messageOf } from './problem.ts';
import type { Evidence, Usage } from './rules/release.ts';

const usage = z.object({
  stage: z.string(),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
  routes: z.array(z.object({ key: z.string(), calls: z.int(), lastCall: z.optional(z.iso.date()) })),
});

const DAY_MS = 86_400_000;

/** Older than that, and what has been called since is missing. */
const OLDEST_DAYS = 3;

/** Shorter than that, and a caller that comes once a month may be missing. */
const SHORTEST_DAYS = 31;

const parse = async (path: string): Promise<Usage> => {
  try {
    return usage.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const what = error instanceof z.core.$ZodError ? z.prettifyError(error) : messageOf(error);
    throw new CheckProblem(`it is no usage file: ${what}`, path, 'write it: npm run usage -- --stage NAME --out FILE');
  }
};

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** What is known at `nowMs`, with the usage file of a stage if one is named. Throws a CheckProblem for one that says too little. */
export const readEvidence = async (
  root: string,
  { usage: file, stage }: { readonly usage?: string | undefined; readonly stage?: string },
  nowMs = Date.now(),
): Promise<Evidence> => {
  const today = dayOf(nowMs);
  if (file === undefined) return { today };
  const path = resolve(root, file);
  const read = await parse(path);
  const [from, until] = [Date.parse(read.from), Date.parse(read.until)];
  const fault = (what: string, remedy: string) => new CheckProblem(what, path, remedy);
  if (stage !== undefined && read.stage !== stage)
    throw fault(`it is of stage ${read.stage}, not ${stage}`, `npm run usage -- --stage ${stage} --out FILE`);
  if (nowMs - until > OLDEST_DAYS * DAY_MS)
    throw fault(`it ends on ${dayOf(until)}: what was called since is missing`, 'write it again');
  if (until - from < SHORTEST_DAYS * DAY_MS)
    throw fault(
      `it covers ${Math.floor((until - from) / DAY_MS)} days; a caller that comes once a month may be missing`,
      `count ${SHORTEST_DAYS} days or more`,
    );
  return { today, usage: read };
};
