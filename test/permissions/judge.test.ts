import type { HolderUsage } from '@archipelago/local/testing';
import { describe, expect, it } from '@jest/globals';
import { judge, needless } from './judge.ts';
import type { Reason } from './reasons.ts';
import { usageOf } from './usage.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/archipelago-dev-users';

const grant = (action: string, resource = TABLE, used = true) => ({ action, resource, used });

const role = (more: Partial<HolderUsage> = {}): HolderUsage => ({
  arn: 'arn:aws:iam::000000000000:role/archipelago-dev-users-get-user',
  construct: 'archipelago-dev-users/get-user/Role',
  grants: [grant('dynamodb:GetItem')],
  used: [],
  denied: [],
  ...more,
});

const findings = (records: readonly HolderUsage[], reasons: readonly Reason[] = []) =>
  judge(usageOf([records]), reasons).map(({ role: name, what }) => `${name}: ${what}`);

const unused = role({ grants: [grant('dynamodb:Scan', TABLE, false)] });

describe('the report on permissions', () => {
  it('finds nothing where every grant is used', () => {
    expect(findings([role()])).toEqual([]);
  });

  it.each<[string, HolderUsage, string]>([
    ['a grant that nothing used', unused, `never used: dynamodb:Scan on ${TABLE}`],
    ['a refusal', role({ denied: [{ action: 'sqs:SendMessage', resource: 'q' }] }), 'denied: sqs:SendMessage on q'],
    ['any resource', role({ grants: [grant('dynamodb:Query', '*')] }), 'dynamodb:Query on every resource'],
    [
      "another service's table",
      role({ grants: [grant('dynamodb:GetItem', TABLE.replace('users', 'orders'))] }),
      `not its own: ${TABLE.replace('users', 'orders')}`,
    ],
    [
      'more than twelve actions',
      role({ grants: Array.from({ length: 13 }, (_, index) => grant(`dynamodb:Action${index}`)) }),
      '13 actions, more than 12',
    ],
  ])('finds %s', (_what, record, found) => {
    expect(findings([record])).toEqual([`users/get-user: ${found}`]);
  });

  it('takes a grant as used that one of many runs used', () => {
    expect(usageOf([[unused], [role({ grants: [grant('dynamodb:Scan')] })]])[0]?.grants[0]?.used).toBe(true);
  });

  it('takes a reason, and notes one that nothing needs', () => {
    const reason = { role: 'users/*', action: 'dynamodb:Scan', why: 'an operator scans' };
    expect(findings([unused], [reason])).toEqual([]);
    expect(needless(usageOf([[unused]]), [reason])).toEqual([]);
    expect(needless(usageOf([[role()]]), [reason])).toEqual([reason]);
  });
});
