import { parseArgs } from 'node:util';
import { acceptedSubjects } from './accepted-subjects.ts';
import { type ContractShapes, readContractShapes } from './contract-shapes.ts';
import { readContractUses } from './contract-uses.ts';
import { grpcFolders, grpcHistoryRefusals, grpcLint, writeGrpc } from './grpc-contracts.ts';
import { readHistoryFiles, shapesIn, writeHistory } from './history.ts';
import { CheckProblem, messageOf } from './problem.ts';
import { counted, NOT_CHECKED, REFUSED, report, SAFE, type Terminal } from './report.ts';
import { contractRules } from './rules/deploy-rules.ts';
import type { Evidence, Refusal } from './rules/release.ts';
import { readEvidence } from './usage.ts';

const HELP = `Writes the contracts of every message, route and gRPC service to events/history, unless they break who uses
them, and generates the code of gRPC contracts.

  npm run contracts -- [options]

  --accept WHAT    allow a change that is meant: the name in brackets of its refusal; may be repeated
  --usage FILE     how often routes are called, as npm run usage writes it; asked for when a deprecated route goes
  --help           print this

Exit code: 0 written, 1 refused, 2 not checked.`;

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        accept: { type: 'string', multiple: true, default: [] },
        usage: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new CheckProblem(messageOf(error), 'the command line', 'see npm run contracts -- --help');
  }
};

/** What has become incompatible with the committed history. */
export const historyRefusals = async (
  root: string,
  now: ContractShapes,
  evidence: Evidence,
): Promise<readonly Refusal[]> => {
  const history = shapesIn(await readHistoryFiles(root));
  const contractsAlone = { stacks: [], storedKinds: [], storedExamples: {} };
  const before = { ...contractsAlone, ...history, uses: await readContractUses(root, history) };
  const after = { ...contractsAlone, ...now, uses: await readContractUses(root, now) };
  return Object.values(contractRules).flatMap((rule) => rule(before, after, evidence));
};

const update = async (root: string, args: readonly string[], terminal: Terminal): Promise<number> => {
  const { accept, help, usage } = parse(args);
  if (help) {
    terminal.log(HELP);
    return SAFE;
  }
  const now = await readContractShapes(root);
  for (const contracts of await grpcFolders(root))
    for (const objection of await grpcLint(root, contracts)) throw new CheckProblem(objection, contracts, 'mend it');
  const refusals = [
    ...(await historyRefusals(root, now, await readEvidence(root, { usage }))),
    ...(await grpcHistoryRefusals(root)),
  ];
  const refused = report(refusals, acceptedSubjects(accept, refusals), terminal);
  if (refused > 0) {
    terminal.log(`${refused} refused; events/history is as it was`);
    return REFUSED;
  }
  const written = [...(await writeHistory(root, now)), ...(await writeGrpc(root))];
  terminal.log(written.length === 0 ? 'events/history is up to date' : `${counted(written.length, 'file')} changed:`);
  for (const path of written) terminal.log(`  ${path}`);
  return SAFE;
};

/** `npm run contracts`; answers the exit code. */
export const runContracts = async (root: string, args: readonly string[], terminal: Terminal): Promise<number> => {
  try {
    return await update(root, args, terminal);
  } catch (error) {
    if (!(error instanceof CheckProblem)) throw error;
    terminal.error(error.message);
    return NOT_CHECKED;
  }
};
