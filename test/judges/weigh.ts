import type { Acknowledgement } from './acknowledgements.ts';
import type { Finding } from './nag.ts';

export interface StageFindings {
  readonly stage: string;
  /** What every stack's name starts with: `archipelago-dev-`. */
  readonly prefix: string;
  readonly findings: readonly Finding[];
}

export interface Verdict {
  /** Rules at places that have a reason; a `*` counts once. */
  readonly acknowledgements: number;
  /** Findings, over all stages, that those cover. */
  readonly acknowledged: number;
  /** Findings without a reason, and reasons for what is no longer found. */
  readonly complaints: readonly string[];
}

interface Reason extends Omit<Acknowledgement, 'at'> {
  readonly at: string;
}

const isAt = (pattern: string, path: string): boolean => {
  const [parts, wanted] = [path.split('/'), pattern.split('/')];
  return parts.length === wanted.length && wanted.every((part, index) => part === '*' || part === parts[index]);
};

/** Resources of a stage, in the rule's name, are called `<stage>-…` whatever the stage. */
const covers = ({ rule, at, stages }: Reason, { stage, prefix }: StageFindings, finding: Finding): boolean =>
  rule === finding.rule.replaceAll(prefix, '<stage>-') &&
  (stages === undefined || stages.includes(stage)) &&
  finding.path.startsWith(prefix) &&
  isAt(at, finding.path.slice(prefix.length));

/** Holds findings against what is acknowledged. */
export const weigh = (stages: readonly StageFindings[], acknowledgements: readonly Acknowledgement[]): Verdict => {
  const reasons = acknowledgements.flatMap((each) => each.at.map((at): Reason => ({ ...each, at })));
  const used = new Set<Reason>();
  const open: string[] = [];
  let acknowledged = 0;
  for (const each of stages) {
    for (const finding of each.findings) {
      const reason = reasons.find((known) => covers(known, each, finding));
      if (reason === undefined) {
        open.push(`${finding.path}: ${finding.rule}: ${finding.description}`);
        continue;
      }
      used.add(reason);
      acknowledged += 1;
    }
  }
  const stale = reasons
    .filter((reason) => !used.has(reason))
    .map(({ rule, at }) => `acknowledged, but not found any more: ${rule} at ${at}`);
  return { acknowledgements: reasons.length, acknowledged, complaints: [...open, ...stale] };
};
