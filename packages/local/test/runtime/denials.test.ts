import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/core/json.ts';
import { type Runtime, startRuntime } from '../../src/runtime/start-runtime.ts';
import { writeAssembly } from '../assembly/written-assembly.ts';

const ROLE = 'arn:aws:iam::000000000000:role/reader';
const PARAMETER = 'arn:aws:ssm:us-east-1:000000000000:parameter/shop/url';

let runtime: Runtime | undefined;
afterEach(() => runtime?.stop());

const start = async (statement: JsonObject, enforced = true) => {
  const Resources = {
    Url: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/shop/url', Type: 'String', Value: 'here' } },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'reader',
        Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [statement] } }],
      },
      Metadata: { 'aws:cdk:path': 'Shop/reader/Role/Resource' },
    },
  };
  const assemblyFolder = writeAssembly({ Shop: { template: { Resources } } });
  runtime = await startRuntime({ assemblyFolder, enforced, tasks: 'none' });
  return runtime;
};

/** What the log says after a function asked for the parameter, each as often as it says it. */
const ask = async ({ world }: Runtime, times = 1): Promise<readonly (string | undefined)[]> => {
  const credentials = world.credentials.issue({ principal: ROLE, functionName: 'shop-reader' });
  const client = new SSMClient({ endpoint: world.endpointUrl(), region: 'us-east-1', credentials, maxAttempts: 1 });
  for (let time = 0; time < times; time += 1) {
    await client.send(new GetParameterCommand({ Name: '/shop/url' })).catch(() => undefined);
  }
  client.destroy();
  const entries = world.journal.read('logs').filter(({ level }) => level === 'ERROR');
  return entries.map(({ functionName, message }) => `${functionName}: ${message}`);
};

const other = { Effect: 'Allow', Action: 'ssm:PutParameter', Resource: '*' };

describe('a call that no policy allows', () => {
  it('leaves one line: the function, the action, the resource, the statement, and the construct to give it to', async () => {
    const missing = `{"Effect":"Allow","Action":"ssm:GetParameter","Resource":"${PARAMETER}"}`;
    expect(await ask(await start(other), 3)).toEqual([
      `shop-reader: not allowed: ssm:GetParameter on ${PARAMETER}; add ${missing} to Shop/reader/Role`,
    ]);
  });

  it('names the statement whose condition does not hold, and the one that denies it', async () => {
    const Condition = { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } };
    const narrow = { Effect: 'Allow', Action: 'ssm:*', Resource: '*', Condition };
    const [unmet] = await ask(await start(narrow));
    expect(unmet).toContain(`; the condition of ${JSON.stringify(narrow)} does not hold`);
    await runtime?.stop();
    const deny = { Effect: 'Deny', Action: 'ssm:Get*', Resource: '*' };
    expect((await ask(await start(deny)))[0]).toContain(`; the statement ${JSON.stringify(deny)} denies it`);
  });

  it('is allowed when permissions are not enforced', async () => {
    expect(await ask(await start(other, false))).toEqual([]);
  });

  it('cannot be judged by a policy with an operator that is not known: the start refuses it by the resource', async () => {
    const odd = { ...other, Condition: { StringMatches: { 'aws:RequestedRegion': 'eu' } } };
    await expect(start(odd)).rejects.toThrow('Role: the condition operator StringMatches is not known here');
  });
});
