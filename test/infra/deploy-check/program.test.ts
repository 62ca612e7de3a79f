import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { synthesizeCommit } from '@archipelago/release-check';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { type ProjectCopy, projectCopy } from './project-copy.ts';

/** Each run synthesizes twice. */
const RUN_MS = 120_000;

let project: ProjectCopy;

beforeAll(async () => {
  project = await projectCopy();
}, RUN_MS);

afterAll(async () => {
  await project[Symbol.asyncDispose]();
});

const plantBreakages = async ({ edit }: ProjectCopy): Promise<void> => {
  await edit('lib/stacks/platform-stack.ts', 'archiveName: busName(prefix)', "archiveName: 'elsewhere'");
  await edit('lib/stacks/users-stack.ts', "new ServiceTable(this, 'Table'", "new ServiceTable(this, 'Profiles'");
  await edit(
    'lib/stacks/notifications-stack.ts',
    '    const { owner } = this;',
    `    const { owner } = this;
    const read = { 'Fn::GetStackOutput': { StackName: 'archipelago-prod-orders', OutputName: 'Url' } };
    this.exportValue(Token.asString(read), { name: 'orders-url' });`,
  );
  await edit(
    'lib/stacks/notifications-stack.ts',
    "import type { Construct } from 'constructs';",
    "import { Token } from 'aws-cdk-lib';\nimport type { Construct } from 'constructs';",
  );
  await edit('events/contracts/catalog/stock-reserved.v1.ts', 'z.object({ orderId: id,', 'z.object({ order: id,');
  await edit(
    'events/contracts/payments/capture-payment.v1.ts',
    'amount: money,',
    'amount: money,\n    iban: z.string(),',
  );
  await edit('functions/orders/rows/order-events.ts', 'PaymentDeclined: { ...first', 'PaymentDeclined: { ...operators');
  await edit('functions/orders/api.contract.ts', "path: '/orders/{id}/cancel'", "path: '/orders/{id}/abort'");
};

const PLANTED: readonly [string, RegExp][] = [
  ['the archive that is replaced', /Archive 'archipelago-prod' would be replaced.*\n.*property ArchiveName/],
  ['the table under another logical id', /Table 'archipelago-prod-users' would get another logical id/],
  [
    "the output of another service's stack",
    /archipelago-prod-notifications would read an output of archipelago-prod-orders/,
  ],
  [
    'the renamed field of an event, with its subscriber',
    /event StockReserved\.v1 breaks.*\/orderId is gone.*\n.*used by functions\/orders\/[\w/.-]+\.ts/,
  ],
  [
    'the new required field of a command, with its sender',
    /command CapturePayment\.v1 breaks.*\/iban is new and required.*\n.*used by functions\/orders\/[\w/.-]+\.ts/,
  ],
  [
    'the stored event that the release before cannot read',
    /PaymentDeclined\.v2 would be stored by the release that is the first to read it/,
  ],
  [
    'the removed route, with its client',
    /route POST \/orders\/\{id\}\/cancel would be removed.*\n.*called by .*test\/e2e\/cases\/orders\.ts/,
  ],
];

it('what a commit would deploy is synthesized with the code of its functions, and leaves nothing', async () => {
  const { signal } = new AbortController();
  const earlier = await synthesizeCommit(project.root, 'HEAD', 'dev', signal);
  expect(earlier.hash).toBe((await project.git('rev-parse', 'HEAD')).output.trim());
  const entries = await readdir(earlier.folder);
  expect(entries).toContain('manifest.json');
  expect(entries.some((name) => /^asset\.[0-9a-f]+\.place-order$/.test(name))).toBe(true);
  await earlier[Symbol.asyncDispose]();
  await expect(readdir(earlier.folder)).rejects.toThrow('ENOENT');
  expect((await project.git('worktree', 'list')).output.trim().split('\n')).toHaveLength(1);
}, 120_000);

describe('npm run deploy:check', () => {
  it(
    'refuses every planted breakage, and leaves no work tree behind',
    async () => {
      await plantBreakages(project);
      const { code, output } = await project.run('deploy-check', '--against', 'HEAD');
      for (const [, says] of PLANTED) expect(output).toMatch(says);
      expect(output).toContain(`with 7 files not committed`);
      expect(output).toMatch(new RegExp(`\n${PLANTED.length} refused\n`));
      expect(code).toBe(1);
      expect((await project.git('worktree', 'list')).output.trim().split('\n')).toHaveLength(1);
    },
    RUN_MS,
  );

  it(
    'accepts a new optional field of an event and a new route',
    async () => {
      await project.git('checkout', '--quiet', '.');
      await project.edit(
        'events/contracts/catalog/stock-reserved.v1.ts',
        'orderId: id,',
        'orderId: id, pier: z.optional(id),',
      );
      const handlers = 'functions/gateway/handlers';
      await project.copy(`${handlers}/health-live.handler.ts`, `${handlers}/health-deep.handler.ts`);
      await project.edit(
        'lib/stacks/gateway-stack.ts',
        "'health-live':",
        "'health-deep': route('health-deep'), 'health-live':",
      );
      await project.edit(
        'functions/gateway/api.contract.ts',
        '  openapi: {',
        "  'health-deep': { method: 'GET', path: '/health/deep', summary: 'Deep', access: 'public', answers: {} },\n  openapi: {",
      );
      const { code, output } = await project.run('deploy-check', '--against', 'HEAD');
      expect(output).toMatch(/safe to deploy\n$/);
      expect(code).toBe(0);
    },
    RUN_MS,
  );

  it(
    'leaves nothing behind when it is interrupted',
    async () => {
      const against = join(project.root, 'build/against');
      const { code, output } = await project.interrupt('deploy-check', ['--against', 'HEAD'], () =>
        eventually('it has its work tree', async () => (await readdir(against).catch(() => [])).length > 0),
      );
      expect(output).toContain('interrupted; nothing was checked');
      expect(code).toBe(2);
      expect(await readdir(against)).toEqual([]);
      expect((await project.git('worktree', 'list')).output.trim().split('\n')).toHaveLength(1);
    },
    RUN_MS,
  );
});

describe('npm run contracts', () => {
  const EVENT = 'events/contracts/orders/order-placed.v1.ts';
  const changes = async () => (await project.git('status', '--porcelain', 'events/history')).output;

  it('refuses what breaks a message in place, and leaves the history as it was', async () => {
    await project.git('checkout', '--quiet', '.');
    await project.edit(EVENT, 'userId: id,', 'customerId: id,');
    const { code, output } = await project.run('contracts');
    expect(output).toMatch(/OrderPlaced\.v1 breaks.*\/userId is gone; \/customerId is new and required/);
    expect(output).toContain('add OrderPlaced.v2 beside it');
    expect(code).toBe(1);
    expect(await changes()).toBe('');
  });

  it('writes down what is added', async () => {
    await project.edit(EVENT, 'customerId: id,', 'userId: id, giftFor: z.optional(id),');
    const { code, output } = await project.run('contracts');
    expect(output).toContain('events/history/orders/order-placed.v1.json');
    expect(code).toBe(0);
    expect(await changes()).toBe(' M events/history/orders/order-placed.v1.json\n');
    expect((await project.run('contracts')).output).toBe('events/history is up to date\n');
  });
});
