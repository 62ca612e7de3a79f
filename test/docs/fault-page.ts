import { readFileSync, writeFileSync } from 'node:fs';
import type { Evidence, FaultRow } from './fault-evidence.ts';
import { DATABASE_ROWS } from './fault-rows-database.ts';
import { CRASH_ROWS, DELIVERY_ROWS } from './fault-rows-deliveries.ts';
import { CALL_ROWS, CLIENT_ROWS } from './fault-rows-people.ts';
import { STRANGER_ROWS } from './fault-rows-strangers.ts';

export const FAULT_PAGE = 'docs/faults.md';
export const CAMPAIGN = 'test/simulation/campaign/last-run.json';

/** What `npm run simulate -- --record` wrote. */
export interface Campaign {
  readonly commit: string;
  readonly seeds: number;
  readonly failures: number;
  readonly faults: Readonly<Record<string, readonly [fired: number, seeds: number, survived: number]>>;
  readonly scenarios: Readonly<Record<string, readonly [seeds: number, survived: number]>>;
}

export const FAULT_ROWS: readonly FaultRow[] = [
  ...CRASH_ROWS,
  ...DELIVERY_ROWS,
  ...DATABASE_ROWS,
  ...CALL_ROWS,
  ...CLIENT_ROWS,
  ...STRANGER_ROWS,
].sort((a, b) => (a.id < b.id ? -1 : 1));

const HEAD = `# Faults

Generated from [test/docs](../test/docs) by \`npm run docs\`; a test keeps it up to date. Do not edit.

What may go wrong, what holds then, and what shows it. A test is one of \`npm test\`; a scenario is one of \`npm run simulate\`, a
family one of \`npm run simulate:crashes\` ([testing.md](testing.md#simulation)). *Result* says how often the fault fired in the last
recorded campaign of seeds, and in how many of its seeds every promise held; of a row without such a fault, in how many seeds of
its scenarios. That a test is named says that it exists: whether it passes, \`npm test\` says. What only AWS can show is named, and so is what nothing shows yet.
`;

const FAMILIES = {
  killed: 'ends at each call',
  once: 'each call meets each fault once',
  forever: 'each call meets each fault until faults end',
};

const evidenceText = (evidence: Evidence): string => {
  if ('scenario' in evidence) return `scenario \`${evidence.scenario}\``;
  if ('crashes' in evidence) return `crashes: ${FAMILIES[evidence.crashes]}`;
  const [file, title] = evidence.test;
  return `[${file.split('/').at(-1)}](../${file}): “${title.replaceAll('|', '\\|')}”`;
};

const resultText = ({ fires = [], shownBy }: FaultRow, { faults, scenarios }: Campaign): string => {
  const fired = fires.map((name) => {
    const [times, seeds, held] = faults[name] ?? [0, 0, 0];
    return `${name}: ${times} times, ${held} of ${seeds} seeds held`;
  });
  const played = shownBy.flatMap((evidence) => {
    if (!('scenario' in evidence) || fires.length > 0) return [];
    const [seeds, held] = scenarios[evidence.scenario] ?? [0, 0];
    return [`\`${evidence.scenario}\`: ${held} of ${seeds} seeds held`];
  });
  const tested = shownBy.some((evidence) => 'test' in evidence) ? ['tests: in `npm test`'] : [];
  return [...fired, ...played, ...tested].join('<br>');
};

const notHere = ({ onlyAws, open }: FaultRow): string =>
  [onlyAws && `only AWS: ${onlyAws}`, open && `open: ${open}`].filter((text) => text !== undefined).join('<br>');

const rowText = (row: FaultRow, campaign: Campaign): string =>
  `| ${[row.id, row.fault, row.holds, row.shownBy.map(evidenceText).join('<br>'), resultText(row, campaign), notHere(row)].join(' | ')} |`;

const campaignText = ({ commit, seeds, failures, faults }: Campaign): string => {
  const rows = Object.entries(faults)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, counts]) => `| ${[name, ...counts].join(' | ')} |`);
  return [
    '## The last recorded campaign',
    '',
    `Commit ${commit}: ${seeds} seeds, ${failures} of them broke a promise.`,
    '',
    '| fault | fired | seeds | survived |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
};

export const readCampaign = (): Campaign => JSON.parse(readFileSync(CAMPAIGN, 'utf8'));

export const renderFaultPage = (campaign: Campaign): string =>
  [
    HEAD,
    '| | fault | what holds | shown by | result | not here |',
    '| --- | --- | --- | --- | --- | --- |',
    ...FAULT_ROWS.map((row) => rowText(row, campaign)),
    '',
    campaignText(campaign),
  ].join('\n');

if (import.meta.main) writeFileSync(FAULT_PAGE, renderFaultPage(readCampaign()));
