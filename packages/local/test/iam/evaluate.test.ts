import { describe, expect, it } from '@jest/globals';
import { PolicyError } from '../../src/iam/policy-error.ts';
import { decide, reasonOf } from './decide.ts';
import { documentedCases } from './documented-cases.ts';

const statement = (more: object) => [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*', ...more }];

describe('the evaluation of policies', () => {
  it('gives the verdict that AWS documents in every case', () => {
    expect(documentedCases.length).toBeGreaterThan(100);
    const decided = documentedCases.map((each) => ({ ...each, says: reasonOf(decide(each)) }));
    expect(decided).toEqual(documentedCases);
  });

  it.each([
    ['an operator that is not known', statement({ Condition: { StringMatches: { 'aws:SourceIp': 'a' } } })],
    ['IfExists after Null', statement({ Condition: { NullIfExists: { 'aws:SourceIp': 'true' } } })],
    ['a number that is none', statement({ Condition: { NumericEquals: { 's3:max-keys': 'ten' } } })],
    ['a block of addresses that is none', statement({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/33' } } })],
    ['an effect that is none', statement({ Effect: 'allow' })],
    ['an element that is none', statement({ Resources: '*' })],
    ['Action beside NotAction', statement({ NotAction: 'sqs:*' })],
    ['a principal in a policy of a role', statement({ Principal: '*' })],
    ['a statement about no resource', [{ Effect: 'Allow', Action: 'sqs:*' }]],
    ['a version that is none', { Version: '2013-10-17', Statement: statement({}) }],
  ])('refuses %s', (_what, identity) => {
    expect(() => decide({ identity, action: 'sqs:SendMessage' })).toThrow(PolicyError);
  });
});
