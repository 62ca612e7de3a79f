import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { LIST, listOf, registeredServices } from '../../bin/services/list.ts';
import { apis } from '../../lib/stacks/apis.ts';
import { serviceTree } from '../support/service-tree.ts';

const root = dirname(dirname(import.meta.dirname));

/** Their contracts are served by the shared API and by an API of their own, whatever the list of services says. */
const APART = ['gateway', 'payment-provider'];

describe('the list of services', () => {
  it('is current; `npm run services` writes it', async () => {
    expect(readFileSync(join(root, LIST), 'utf8')).toBe(listOf(await registeredServices(root)));
  });

  it('has every folder of functions with a contract of routes', async () => {
    const folders = readdirSync(join(root, 'functions')).filter((name) =>
      readdirSync(join(root, 'functions', name)).includes('api.contract.ts'),
    );
    const listed = (await registeredServices(root)).map(({ name }) => name);
    expect(folders.filter((name) => !APART.includes(name) && !listed.includes(name))).toEqual([]);
    expect(apis.map(({ service }) => service).toSorted()).toEqual(['gateway', ...listed].toSorted());
  });

  it('is made from the stacks whose constructor takes what a registered service is given', async () => {
    await using tree = await serviceTree({
      'lib/stacks/gift-cards-stack.ts': 'constructor(scope: Construct, { api, ...props }: RegisteredStackProps) {',
      'lib/stacks/boats-stack.ts': 'constructor(\n    scope: Construct,\n    props: RegisteredStackProps,\n  ) {',
      'lib/stacks/pricing-stack.ts': 'constructor(scope: Construct, { network, ...props }: ContainerStackProps) {',
      'lib/stacks/platform-stack.ts': 'constructor(scope: Construct, props: ServiceStackProps) {',
      'lib/stacks/registered-stack.ts': 'export interface RegisteredStackProps extends ServiceStackProps {',
    });
    const services = await registeredServices(tree.root);
    expect(services).toEqual([
      { name: 'boats', kind: 'functions' },
      { name: 'gift-cards', kind: 'functions' },
      { name: 'pricing', kind: 'container' },
    ]);
    expect(listOf(services)).toContain("  'gift-cards': { api: giftCardsApi, Stack: GiftCardsStack },\n");
    expect(listOf(services)).toContain('  pricing: { api: pricingApi, ContainerStack: PricingStack },\n');
  });
});
