import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly uses?: string;
  readonly needs?: string;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly steps?: readonly Step[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly 'timeout-minutes'?: number;
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const FOLDER = '.github/workflows';

const files = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(`${FOLDER}/${name}`, 'utf8') }));
const workflows: readonly (readonly [string, Workflow])[] = files.map(({ name, text }) => [name, parse(text)]);
const jobs = workflows.flatMap(([file, workflow]) =>
  Object.entries(workflow.jobs).map(([name, job]): readonly [string, Job] => [`${file} ${name}`, job]),
);
/** Without those that run another workflow, which has steps of its own. */
const ownJobs = jobs.filter(([, { uses }]) => uses === undefined);
const deploy = new Map(workflows).get('deploy.yml')?.jobs ?? {};
const stepsOf = ({ steps = [] }: Job): readonly Step[] => steps;
const runsOf = (job: Job | undefined): readonly string[] => (job ? stepsOf(job).flatMap(({ run = [] }) => run) : []);

/** `npm ci`, `npm test`, `npm test -- <folders>`, `npm run <script>`, each alone: what a job does can be done on a laptop. */
const COMMAND = /^npm (ci|test( -- [\w/ ]+)?|run ([\w:]+)( -- [^;&|`\n]*)?)$/;

describe('the workflows', () => {
  it('pin every action to a commit and say of which release', () => {
    const pins = files.flatMap(({ text }) => [...text.matchAll(/uses: (.*)/g)].map(([, pin = '']) => pin));
    expect(pins.length).toBeGreaterThan(10);
    const ours = './.github/workflows/ci.yml';
    expect(pins.filter((pin) => pin !== ours && !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(pin))).toEqual(
      [],
    );
  });

  it('pin each action to one commit', () => {
    const pins = new Set(
      files.flatMap(({ text }) => [...text.matchAll(/uses: ([\w-]+\/[\w-]+@.*)/g)].map(([, pin]) => pin)),
    );
    const actions = [...pins].map((pin = '') => pin.split('@')[0]);
    expect(actions.length).toBe(new Set(actions).size);
  });

  it('hold no secret at all', () => {
    expect(files.filter(({ text }) => /secrets\.|aws-(access-key|secret)|AKIA/i.test(text))).toEqual([]);
  });

  it.each(ownJobs)('run nothing but npm scripts that there are: %s', (_name, job) => {
    const runs = runsOf(job);
    expect(runs.length).toBeGreaterThan(0);
    expect(runs.filter((run) => !COMMAND.test(run))).toEqual([]);
    const named = runs.flatMap((run) => COMMAND.exec(run)?.[3] ?? []);
    expect(named.filter((script) => !Object.hasOwn(manifest.scripts, script))).toEqual([]);
  });

  it.each(jobs)('paste nothing that others write into a command: %s', (_name, job) => {
    expect(runsOf(job).filter((run) => run.includes('${{'))).toEqual([]);
  });

  it.each(workflows)('start from reading only: %s', (_file, { permissions }) => {
    expect(permissions).toEqual({ contents: 'read' });
  });

  it.each(jobs)('let only jobs of an environment take a token, and end in time: %s', (_name, job) => {
    const { permissions, environment, uses } = job;
    const assumes = stepsOf(job).some((step) => step.uses?.startsWith('aws-actions/configure-aws-credentials@'));
    const expected = assumes ? { contents: 'read', 'id-token': 'write' } : { contents: 'read' };
    expect(permissions ?? { contents: 'read' }).toEqual(expected);
    expect(environment !== undefined).toBe(assumes);
    if (uses === undefined) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
  });

  it.each(ownJobs)('leave no credentials of the checkout to what runs after it: %s', (_name, job) => {
    const checkouts = stepsOf(job).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.map((checkout) => checkout.with?.['persist-credentials'])).toEqual([false]);
  });

  it('do on macOS and Windows what a new user does first', () => {
    const laptop = new Map(workflows).get('ci.yml')?.jobs.laptop;
    const systems = (laptop?.strategy?.matrix.os ?? []).map((system) => system.split('-')[0]);
    expect(systems).toEqual(['macos', 'windows']);
    const [install, demo, tests] = runsOf(laptop);
    expect([install, demo]).toEqual(['npm ci', 'npm run test:demo']);
    expect(tests).toMatch(/^npm test -- test\/domain /);
  });

  it('go from check over test, emulator, dev and e2e to prod, each after the one before', () => {
    const ci = new Map(workflows).get('ci.yml')?.jobs ?? {};
    expect([ci.test?.needs, ci.emulator?.needs]).toEqual(['check', 'test']);
    expect(deploy.verify?.uses).toBe('./.github/workflows/ci.yml');
    expect(['dev', 'e2e', 'prod'].map((name) => deploy[name]?.needs)).toEqual(['verify', 'dev', 'e2e']);
  });

  it.each(['dev', 'prod'])(
    'deploy %s with the role and within the environment of that name, one at a time',
    (stage) => {
      const job = deploy[stage];
      expect(job?.environment).toBe(stage);
      expect(job?.concurrency).toEqual({ group: `deploy-${stage}`, 'cancel-in-progress': false });
      expect(runsOf(job)).toContainEqual(expect.stringMatching(new RegExp(`^npm run deploy -- -c stage=${stage} `)));
      const credentials = job && stepsOf(job).find(({ uses }) => uses?.startsWith('aws-actions/'));
      expect(credentials?.with).toEqual({
        'role-to-assume': expect.stringMatching(/^\$\{\{ vars\.AWS_ROLE_ARN \}\}$/),
        'aws-region': expect.stringMatching(/^\$\{\{ vars\.AWS_REGION \}\}$/),
      });
    },
  );
});
