import {
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSsmService } from '../../src/services/ssm/service.ts';
import { type EmulatedAws, emulateAws } from '../../src/testing/emulated-aws.ts';

describe('parameters', () => {
  let aws: EmulatedAws;
  let client: SSMClient;
  beforeAll(async () => {
    aws = await emulateAws((world) => [createSsmService(world)]);
    client = new SSMClient(aws.clientConfig);
    await aws.create('AWS::SSM::Parameter', 'Namespace', { Name: '/shop/namespace', Type: 'String', Value: 'ns-1' });
    await aws.create('AWS::SSM::Parameter', 'Zones', { Name: '/shop/deep/zones', Type: 'StringList', Value: 'a,b' });
  });
  afterAll(async () => {
    client.destroy();
    await aws.stop();
  });

  it('of a template are read by name and by ARN', async () => {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: '/shop/namespace' }));
    expect(Parameter).toMatchObject({ Name: '/shop/namespace', Type: 'String', Value: 'ns-1', Version: 1 });
    const byArn = await client.send(new GetParameterCommand({ Name: Parameter?.ARN }));
    expect(byArn.Parameter?.Value).toBe('ns-1');
    await expect(client.send(new GetParameterCommand({ Name: '/none' }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
  });

  it('are read together, and by path', async () => {
    const { Parameters, InvalidParameters } = await client.send(
      new GetParametersCommand({ Names: ['/shop/namespace', '/none'] }),
    );
    expect(Parameters).toMatchObject([{ Value: 'ns-1' }]);
    expect(InvalidParameters).toEqual(['/none']);
    const below = async (Recursive: boolean) =>
      (await client.send(new GetParametersByPathCommand({ Path: '/shop', Recursive }))).Parameters?.map(
        ({ Value }) => Value,
      );
    expect(await below(false)).toEqual(['ns-1']);
    expect(await below(true)).toEqual(['a,b', 'ns-1']);
  });

  it('are overwritten only when asked, and keep their versions', async () => {
    const put = (Value: string, Overwrite: boolean) =>
      client.send(new PutParameterCommand({ Name: '/put', Type: 'String', Value, Overwrite }));
    await put('1', false);
    await expect(put('2', false)).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
    expect((await put('2', true)).Version).toBe(2);
    const { Parameter } = await client.send(new GetParameterCommand({ Name: '/put:1' }));
    expect(Parameter?.Value).toBe('1');
    const secret = new PutParameterCommand({ Name: '/secret', Type: 'SecureString', Value: 'x' });
    await expect(client.send(secret)).rejects.toMatchObject({ name: 'UnsupportedParameterType' });
  });
});
