import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { git } from '../../bin/services/run.ts';
import { type Checkout, checkout } from './checkout.ts';

/** What follows from the sources takes most of the time; `npm run test:services` writes it too. */
const withoutGenerating = async ({ folder, commit }: Checkout): Promise<void> => {
  const path = join(folder, 'package.json');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(/"(contracts|golden|docs|env)": ".*"/g, '"$1": "node --version"'));
  await commit('generate nothing');
};

const edit = async (folder: string, path: string, text: string): Promise<void> =>
  writeFile(join(folder, path), `${await readFile(join(folder, path), 'utf8')}${text}`);

describe('npm run new:service and npm run remove:service', () => {
  it('make a service and take it out again, unless it was edited, is used or was released', async () => {
    await using copy = await checkout();
    const { folder, npmRun, changes, commit } = copy;
    await withoutGenerating(copy);

    await edit(folder, 'docs/events.md', '\nedited\n');
    const dirty = await npmRun('new:service', 'reviews');
    expect(dirty).toMatchObject({ code: 1, output: expect.stringMatching(/docs\/events\.md[\s\S]*git stash/) });
    await git(folder, 'checkout', 'docs/events.md');

    const dry = await npmRun('new:service', 'reviews', '--', '--dry-run');
    expect(dry).toMatchObject({ code: 0, output: expect.stringContaining('functions/reviews/wiring.ts') });
    expect(await changes()).toBe('');

    const made = await npmRun('new:service', 'reviews');
    expect(made).toMatchObject({ code: 0, output: expect.stringMatching(/reviews is made: 28 files/) });
    expect(await readFile(join(folder, 'lib/stacks/services.ts'), 'utf8')).toContain('reviews: { api: reviewsApi,');
    expect((await npmRun('new:service', 'reviews')).output).toContain("'reviews' is taken");
    const history = join(folder, 'events/history/reviews');
    await mkdir(history);
    await writeFile(join(history, 'review-saved.v1.json'), '{}\n');
    await commit('reviews');

    await git(folder, 'tag', 'v1.2.3');
    const released = await npmRun('remove:service', 'reviews');
    expect(released).toMatchObject({ code: 1, output: expect.stringMatching(/were released: v1\.2\.3[\s\S]*in use/) });
    await git(folder, 'tag', '--delete', 'v1.2.3');

    const user = 'functions/orders/messages.contract.ts';
    const before = await readFile(join(folder, user), 'utf8');
    await writeFile(join(folder, user), `import '${'../..'}/events/contracts/reviews/review-saved.v1.ts';\n${before}`);
    expect(await npmRun('remove:service', 'reviews')).toMatchObject({
      code: 1,
      output: expect.stringMatching(/others use reviews:\n {2}functions\/orders\/messages\.contract\.ts/),
    });
    await writeFile(join(folder, user), before);

    await edit(folder, 'functions/reviews/wiring.ts', '// mine\n');
    await writeFile(join(folder, 'functions/reviews/domain/more.ts'), 'export {};\n');
    expect(await npmRun('remove:service', 'reviews')).toMatchObject({
      code: 1,
      output: expect.stringMatching(
        /added {4}functions\/reviews\/domain\/more\.ts\n {2}edited {3}functions\/reviews\/wiring\.ts/,
      ),
    });

    expect((await npmRun('remove:service', 'users')).output).toContain('docs/adding-a-service.md');
    const removed = await npmRun('remove:service', 'reviews', '--', '--edited');
    expect(removed).toMatchObject({ code: 0, output: expect.stringContaining('archipelago-dev-reviews') });
    await commit('without reviews');
    expect(await git(folder, 'diff', '--stat', 'HEAD~2')).toBe('');
  }, 120_000);

  it('make a service in containers and take it out again, unless its generated code was edited or its contract is used', async () => {
    await using copy = await checkout();
    const { folder, npmRun, changes } = copy;
    await withoutGenerating(copy);

    const singular = await npmRun('new:service', 'pricing', '--', '--container', '--singular', 'price');
    expect(singular).toMatchObject({ code: 1, output: expect.stringContaining('no singular') });
    const made = await npmRun('new:service', 'pricing', '--', '--container');
    expect(made).toMatchObject({ code: 0, output: expect.stringMatching(/pricing is made: 26 files/) });
    const list = await readFile(join(folder, 'lib/stacks/services.ts'), 'utf8');
    expect(list).toContain('pricing: { api: pricingApi, ContainerStack: PricingStack }');
    const contract = 'events/grpc/archipelago/pricing/v1/pricing.proto';
    expect(await readFile(join(folder, contract), 'utf8')).toContain('package archipelago.pricing.v1;');

    const code = contract.replace('.proto', '_pb.ts');
    const generated = await readFile(join(folder, code), 'utf8');
    expect(generated).toContain('archipelago.pricing.v1.ListEntriesRequest');
    await edit(folder, code, '// mine\n');
    expect(await npmRun('remove:service', 'pricing')).toMatchObject({
      code: 1,
      output: expect.stringContaining(`edited   ${code}`),
    });
    await writeFile(join(folder, code), generated);

    const user = 'events/grpc/archipelago/search/v1/search.proto';
    await edit(folder, user, 'import "archipelago/pricing/v1/pricing.proto";\n');
    expect(await npmRun('remove:service', 'pricing')).toMatchObject({
      code: 1,
      output: expect.stringContaining(`others use pricing:\n  ${user}`),
    });
    await git(folder, 'checkout', user);

    expect(await npmRun('remove:service', 'pricing')).toMatchObject({ code: 0 });
    expect(await changes()).toBe('');
  }, 120_000);
});
