import type { Json, TemplateFile } from '@archipelago/house-rules';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { synthesize } from '../support/synthesized.ts';
import { readTemplates } from '../support/templates.ts';
import { foreignTables, sharedExports } from './claims.ts';

const SYNTHESIS_MS = 60_000;

let templates: readonly TemplateFile[] = [];

beforeAll(async () => {
  const stages = [await synthesize('dev'), await synthesize('prod')];
  templates = (await Promise.all(stages.map(readTemplates))).flatMap((stacks) => [...stacks.values()]);
}, SYNTHESIS_MS);

const policyOn = (resource: Json): TemplateFile => ({
  Resources: {
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyDocument: { Statement: [{ Action: 'dynamodb:GetItem', Resource: resource }] } },
    },
  },
});

describe('the stacks', () => {
  it('export nothing and import nothing, so that none waits for another to let go', () => {
    expect(templates.flatMap(sharedExports)).toEqual([]);
    expect(sharedExports(policyOn({ 'Fn::ImportValue': 'other:Table' }))).toEqual(['Fn::ImportValue']);
  });

  it('grant access to tables of their own only', () => {
    expect(templates.flatMap(foreignTables)).toEqual([]);
    expect(foreignTables(policyOn('arn:aws:dynamodb:us-east-1:000000000000:table/other'))).toHaveLength(1);
    expect(foreignTables(policyOn({ 'Fn::GetStackOutput': { StackName: 'other' } }))).toHaveLength(1);
  });
});
