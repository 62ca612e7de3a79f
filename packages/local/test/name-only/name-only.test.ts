import { describe, expect, it } from '@jest/globals';
import { createWorld } from '../../src/core/create-world.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { createNameOnlyService } from '../../src/services/name-only/service.ts';

const { resourceTypes } = createNameOnlyService(createWorld());

const identityOf = (type: string, properties: JsonObject) =>
  resourceTypes
    .find((resourceType) => resourceType.type === type)
    ?.identify({ stack: 'Shop', logicalId: 'It', type, properties, metadata: {} });

describe('resources that are an identity and nothing else', () => {
  it.each([
    [
      'AWS::Logs::LogGroup',
      { LogGroupName: '/l' },
      '/l',
      { Arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/l:*' },
    ],
    ['AWS::CloudWatch::Alarm', { AlarmName: 'a' }, 'a', { Arn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:a' }],
    ['AWS::CloudWatch::Dashboard', { DashboardName: 'd' }, 'd', {}],
    ['AWS::CodeDeploy::Application', { ApplicationName: 'c' }, 'c', {}],
  ])('%s answers Ref and GetAtt as CloudFormation does', (type, properties, ref, attributes) => {
    expect(identityOf(type, properties)).toMatchObject({ ref, attributes });
  });

  it('get a name made of stack and logical id when the template gives none, the same at every start', () => {
    const name = identityOf('AWS::CloudWatch::Alarm', {})?.ref;
    expect(name).toMatch(/^Shop-It-[0-9A-F]{12}$/);
    expect(identityOf('AWS::CloudWatch::Alarm', {})?.ref).toBe(name);
  });
});
