import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Acknowledgement } from './acknowledgements.ts';
import { type Finding, nag } from './nag.ts';
import { weigh } from './weigh.ts';

/** A stack with faults: a queue that nothing backs, and a role that may do two things with everything. */
const planted = (): readonly Finding[] => {
  const app = new App({
    outdir: mkdtempSync(join(tmpdir(), 'planted-')),
    autoSynth: false,
    builtinCloudFormationValidation: false,
  });
  const stack = new Stack(app, 'shop-dev-orders');
  new Queue(stack, 'Work', { enforceSSL: true });
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(new PolicyStatement({ actions: ['sqs:DeleteQueue', 'xray:PutTraceSegments'], resources: ['*'] }));
  return nag(app);
};

const rules = (findings: readonly Finding[]) => findings.map(({ path, rule }) => `${path} ${rule}`).sort();

describe('cdk-nag', () => {
  it('finds planted faults, and every action that a policy allows on everything', () => {
    expect(rules(planted())).toEqual([
      'shop-dev-orders/Role/DefaultPolicy/Resource AwsSolutions-IAM5[Resource::*] sqs:DeleteQueue',
      'shop-dev-orders/Role/DefaultPolicy/Resource AwsSolutions-IAM5[Resource::*] xray:PutTraceSegments',
      'shop-dev-orders/Work/Resource AwsSolutions-SQS3',
    ]);
  });
});

describe('acknowledging', () => {
  const finding: Finding = { path: 'shop-dev-orders/Work/Resource', rule: 'SQS3', description: 'No DLQ.' };
  const dev = { stage: 'dev', prefix: 'shop-dev-', findings: [finding] };
  const known: Acknowledgement = { rule: 'SQS3', at: ['*/Work/Resource'], reason: 'It is one.' };
  const open = ['shop-dev-orders/Work/Resource: SQS3: No DLQ.'];

  it('covers the rule at the places that it names', () => {
    expect(weigh([dev], [known])).toEqual({ acknowledgements: 1, acknowledged: 1, complaints: [] });
  });

  it.each<[string, Partial<Acknowledgement>]>([
    ['another rule', { rule: 'SQS4' }],
    ['another place', { at: ['orders/Other/Resource'] }],
    ['more parts of the path', { at: ['*/*'] }],
    ['another stage', { stages: ['prod'] }],
  ])('does not cover %s, and is itself reported when it covers nothing', (_what, change) => {
    const { complaints } = weigh([dev], [{ ...known, ...change }]);
    expect(complaints).toEqual([...open, expect.stringMatching(/^acknowledged, but not found any more: SQS/)]);
  });

  it('speaks of the stage whose resources a rule names as <stage>', () => {
    const named = { ...finding, rule: 'IAM5[Resource::function:shop-dev-*]' };
    const verdict = weigh([{ ...dev, findings: [named] }], [{ ...known, rule: 'IAM5[Resource::function:<stage>-*]' }]);
    expect(verdict).toMatchObject({ acknowledged: 1, complaints: [] });
  });

  it('is needed', () => {
    expect(weigh([dev], []).complaints).toEqual(open);
  });
});
