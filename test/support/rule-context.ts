import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleContext } from '@archipelago/house-rules';
import { RemovalPolicy } from 'aws-cdk-lib';
import { scopesOf } from '../../functions/kernel/messages/contract.ts';
import { methodsOf, operationsOf, publicPaths } from '../../functions/kernel/messages/operations.ts';
import { paymentProviderApi } from '../../functions/payment-provider/api.contract.ts';
import { stackName } from '../../lib/config/names.ts';
import { stageNamed } from '../../lib/config/stages.ts';
import { apis } from '../../lib/stacks/apis.ts';

const RUNBOOK = join(import.meta.dirname, '../../docs/runbook');

/** Without the index. */
export const runbook: readonly string[] = readdirSync(RUNBOOK)
  .filter((page) => page !== 'README.md')
  .map((page) => page.replace(/\.md$/, ''));

/** It answers 404 and 405 to what no route takes, and is in no contract. */
const DEFAULT_ROUTE = { service: 'gateway', key: '$default' };

const publicKeys = () => [
  DEFAULT_ROUTE,
  ...[...apis, paymentProviderApi].flatMap((api) =>
    operationsOf(api)
      .filter(({ access }) => access === 'public')
      .flatMap((operation) =>
        publicPaths(operation).flatMap((path) =>
          methodsOf(operation).map((method) => ({ service: api.service, key: `${method} ${path}` })),
        ),
      ),
  ),
];

/** What the house rules have to know of a stage of this system. */
export const ruleContext = (stage: string): RuleContext => {
  const { prefix, data } = stageNamed(stage);
  const byStack = Map.groupBy(publicKeys(), ({ service }) => stackName(prefix, service));
  return {
    keepsData: data.removalPolicy === RemovalPolicy.RETAIN,
    runbook,
    scopes: apis.flatMap(operationsOf).flatMap(({ access }) => scopesOf(access)),
    publicRoutes: Object.fromEntries([...byStack].map(([stack, keys]) => [stack, keys.map(({ key }) => key)])),
  };
};
