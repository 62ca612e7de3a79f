import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { copyAssembly } from '../e2e/assembly-copy.ts';
import { synthesize } from '../support/synthesized.ts';
import { refusedInOneOrder } from './one-order.ts';

let assemblyFolder = '';
beforeAll(async () => {
  assemblyFolder = await synthesize('dev');
}, 120_000);

interface Statement {
  readonly Action: string | readonly string[];
}

interface Template {
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        readonly Properties: { PolicyDocument?: { Statement: readonly Statement[] } };
        readonly Metadata?: Readonly<Record<string, string>>;
      }
    >
  >;
}

const parse = (text: string): Template => JSON.parse(text);

const without = (statement: Statement, action: string): readonly Statement[] => {
  const actions = [statement.Action].flat().filter((each) => each !== action);
  return actions.length === 0 ? [] : [{ ...statement, Action: actions }];
};

/** The template without one action of the policies of one construct, and without its permission if that is one. */
const lacking =
  (construct: string, action: string) =>
  (text: string): string => {
    const template = parse(text);
    const resources = Object.entries(template.Resources).flatMap(([id, resource]) => {
      if (!resource.Metadata?.['aws:cdk:path']?.startsWith(`${construct}/`)) return [[id, resource]];
      if (resource.Type === 'AWS::Lambda::Permission') return [];
      const { PolicyDocument: policy } = resource.Properties;
      if (!policy) return [[id, resource]];
      const Statement = policy.Statement.flatMap((statement) => without(statement, action));
      return [[id, { ...resource, Properties: { ...resource.Properties, PolicyDocument: { ...policy, Statement } } }]];
    });
    return JSON.stringify({ ...template, Resources: Object.fromEntries(resources) });
  };

const refusedWithout = async (construct: string, action: string): Promise<readonly string[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'archipelago-grants-'));
  try {
    return await refusedInOneOrder(
      await copyAssembly(assemblyFolder, join(folder, 'cdk.out'), lacking(construct, action)),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const PREFIX = 'archipelago-dev-';

describe('one order', () => {
  it('is refused nothing', async () => {
    expect(await refusedInOneOrder(assemblyFolder)).toEqual([]);
  }, 120_000);

  it.each([
    ['a read', `${PREFIX}orders/list-orders/Role`, 'dynamodb:Query'],
    ['a write in a transaction', `${PREFIX}catalog/reserve-stock/Role`, 'dynamodb:UpdateItem'],
    ['the poller of a queue', `${PREFIX}payments/capture-payment/Role`, 'sqs:ReceiveMessage'],
    ['a call of another service', `${PREFIX}orders/place-order/Role`, 'lambda:InvokeFunctionUrl'],
    ['lines in the log', `${PREFIX}users/register-user/Role`, 'logs:PutLogEvents'],
  ])(
    'without the grant of %s says who lacks what',
    async (_what, construct, action) => {
      expect(await refusedWithout(construct, action)).toContain(`${construct} ${action}`);
    },
    120_000,
  );

  it('without the permission of a route says which function the gateway may not invoke', async () => {
    const action = 'lambda:InvokeFunction';
    const refused = await refusedWithout(`${PREFIX}users/Routes/register-user`, action);
    expect(refused).toEqual([
      `arn:aws:lambda:us-east-1:000000000000:function:${PREFIX}users-register-user:live ${action}`,
    ]);
  }, 120_000);
});
