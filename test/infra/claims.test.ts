import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { GOLDEN, STAGES } from '../support/golden.ts';
import { foreignTables, type GoldenTemplate, queuesWithoutTls, sharedExports } from './claims.ts';

/** The golden templates: test/infra/golden.test.ts holds them to what is synthesized. */
const templatesOf = (stage: string): readonly GoldenTemplate[] =>
  readdirSync(join(GOLDEN, stage)).map((file) => JSON.parse(readFileSync(join(GOLDEN, stage, file), 'utf8')));

const findings = (check: (template: GoldenTemplate) => readonly string[]) =>
  STAGES.flatMap((stage) => templatesOf(stage).flatMap(check));

const policyOn = (resource: unknown): GoldenTemplate =>
  JSON.parse(
    JSON.stringify({
      Resources: {
        Queue: { Type: 'AWS::SQS::Queue' },
        Policy: {
          Type: 'AWS::IAM::Policy',
          Properties: { PolicyDocument: { Statement: [{ Action: 'dynamodb:GetItem', Resource: resource }] } },
        },
      },
    }),
  );

describe('the stacks', () => {
  it('export nothing and import nothing, so that none waits for another to let go', () => {
    expect(findings(sharedExports)).toEqual([]);
    expect(sharedExports(policyOn({ 'Fn::ImportValue': 'other:Table' }))).toEqual(['Fn::ImportValue']);
  });

  it('grant access to tables of their own only', () => {
    expect(findings(foreignTables)).toEqual([]);
    expect(foreignTables(policyOn('arn:aws:dynamodb:us-east-1:000000000000:table/other'))).toHaveLength(1);
    expect(foreignTables(policyOn({ 'Fn::GetStackOutput': { StackName: 'other' } }))).toHaveLength(1);
  });

  it('close every queue to what does not come over TLS', () => {
    expect(findings(queuesWithoutTls)).toEqual([]);
    expect(queuesWithoutTls(policyOn('*'))).toEqual(['Queue']);
  });
});
