import { spawnSync } from 'node:child_process';

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
  readonly message: string;
  readonly labels: readonly { readonly span: { readonly line: number } }[];
}

export interface Complaint {
  readonly rule: 'max-lines-per-function' | 'max-params';
  readonly file: string;
  /** `packages/local/src/core/agenda.ts:56 The function has too many lines (103).` */
  readonly text: string;
}

const RULE = /max-lines-per-function|max-params/;

const isRule = (name: string | undefined): name is Complaint['rule'] =>
  name === 'max-lines-per-function' || name === 'max-params';

const complaintOf = ({ code, filename, message, labels }: Diagnostic): Complaint => {
  const rule = RULE.exec(code)?.[0];
  if (!isRule(rule)) throw new Error(`oxlint reports ${code} in ${filename}`);
  const file = filename.replaceAll('\\', '/');
  return { rule, file, text: `${file}:${labels[0]?.span.line} ${message}` };
};

/** What oxlint says of the functions below the folders by the limits in ceilings.json. */
export const functionComplaints = (folders: readonly string[]): readonly Complaint[] => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['node_modules/oxlint/bin/oxlint', '-c', 'test/rooms/ceilings.json', '-f', 'json', ...folders],
    { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 },
  );
  if (status !== 0 && status !== 1) throw new Error(`oxlint: ${stderr}`);
  const { diagnostics }: { readonly diagnostics: readonly Diagnostic[] } = JSON.parse(stdout);
  return diagnostics.map(complaintOf);
};
