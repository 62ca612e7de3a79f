import { acceptedSubjects } from './accepted-subjects.ts';
import { checkOut } from './earlier-tree.ts';
import { resolveCommit, uncommittedFiles } from './git.ts';
import { grpcRefusalsAgainst } from './grpc-contracts.ts';
import { HELP, parseCheckOptions } from './options.ts';
import { CheckProblem } from './problem.ts';
import { readRelease } from './read-release.ts';
import { counted, NOT_CHECKED, REFUSED, report, SAFE, summaryOf, type Terminal } from './report.ts';
import { deployRules } from './rules/deploy-rules.ts';
import { readEvidence } from './usage.ts';

export interface CheckRun {
  /** The repository, whose working tree is checked. */
  readonly root: string;
  readonly terminal: Terminal;
  /** Ends the run early, with nothing left behind. */
  readonly signal: AbortSignal;
}

const check = async ({ root, terminal, signal }: CheckRun, args: readonly string[]): Promise<number> => {
  const { help, against, stage, accept, usage } = parseCheckOptions(args);
  if (help) {
    terminal.log(HELP);
    return SAFE;
  }
  const evidence = await readEvidence(root, { usage, stage });
  const commit = await resolveCommit(root, against);
  const changed = (await uncommittedFiles(root)).length;
  await using earlier = await checkOut(root, commit, signal);
  const before = await readRelease({ root: earlier.root, label: against }, stage, signal);
  const after = await readRelease({ root, label: 'the working tree' }, stage, signal);
  const refusals = [
    ...Object.values(deployRules).flatMap((rule) => rule(before, after, evidence)),
    ...(await grpcRefusalsAgainst(root, earlier.root)),
  ];

  const tree = changed === 0 ? '' : ` with ${counted(changed, 'file')} not committed`;
  terminal.log(`the working tree${tree} (${summaryOf(after)})`);
  terminal.log(`against ${against} (${commit.hash.slice(0, 12)}), stage ${stage}`);
  const refused = report(refusals, acceptedSubjects(accept, refusals), terminal);
  terminal.log(refused === 0 ? 'safe to deploy' : `${refused} refused`);
  return refused === 0 ? SAFE : REFUSED;
};

/** `npm run deploy:check`; answers the exit code. */
export const runCheck = async (run: CheckRun, args: readonly string[]): Promise<number> => {
  try {
    return await check(run, args);
  } catch (error) {
    if (run.signal.aborted) run.terminal.error('interrupted; nothing was checked');
    else if (error instanceof CheckProblem) run.terminal.error(error.message);
    else throw error;
    return NOT_CHECKED;
  }
};
