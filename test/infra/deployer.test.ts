import { houseRules, toTemplate } from '@archipelago/house-rules';
import { describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import cdk from '../../cdk.json' with { type: 'json' };
import { DeployerStack, type DeployerStackProps } from '../../lib/stacks/platform/deployer-stack.ts';

const ISSUER = 'token.actions.githubusercontent.com';

/** CloudFormation's own validation costs more than the rest, and `npm run deployer` does it. */
const synthesize = (props: DeployerStackProps): Template => {
  const app = new App({ context: cdk.context, builtinCloudFormationValidation: false });
  return Template.fromStack(new DeployerStack(app, 'archipelago-deployer', props));
};

const template = synthesize({ repository: 'acme/archipelago', environments: ['dev', 'prod'] });

/** `arn:<partition>:iam::<account>:role/…` as a template joins it. */
const text = (value: unknown): string =>
  JSON.stringify(value)
    .replace(/\{"Ref":"AWS::(\w+)"\}/g, '<$1>')
    .replace(/[",[\]{}]|Fn::Join:/g, '');

describe('the deployer stack', () => {
  it('trusts GitHub for AWS only', () => {
    template.hasResourceProperties('AWS::IAM::OIDCProvider', {
      Url: `https://${ISSUER}`,
      ClientIdList: ['sts.amazonaws.com'],
    });
  });

  it.each(['dev', 'prod'])('lets one repository, and of it environment %s alone, take the role', (environment) => {
    template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: `archipelago-deployer-${environment}`,
      MaxSessionDuration: 3600,
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRoleWithWebIdentity',
            Effect: 'Allow',
            Principal: { Federated: Match.anyValue() },
            Condition: {
              StringEquals: {
                [`${ISSUER}:aud`]: 'sts.amazonaws.com',
                [`${ISSUER}:sub`]: `repo:acme/archipelago:environment:${environment}`,
              },
            },
          },
        ],
        Version: '2012-10-17',
      },
    });
  });

  it('allows the roles to become what the bootstrap made for deploys, and nothing else', () => {
    const roles = Object.values(template.findResources('AWS::IAM::Role'));
    expect(roles).toHaveLength(2);
    for (const { Properties } of roles) {
      expect(Properties.ManagedPolicyArns).toBeUndefined();
      const statements = Object(Properties).Policies.flatMap(
        ({ PolicyDocument }: { PolicyDocument: { Statement: object[] } }) => PolicyDocument.Statement,
      );
      expect(statements).toEqual([{ Action: 'sts:AssumeRole', Effect: 'Allow', Resource: expect.any(Array) }]);
      expect(statements[0].Resource.map(text)).toEqual(
        ['deploy', 'file-publishing', 'image-publishing', 'lookup'].map((name) =>
          expect.stringMatching(new RegExp(`iam::<AccountId>:role/cdk-hnb659fds-${name}-role-<AccountId>-<Region>$`)),
        ),
      );
    }
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  it('satisfies every house rule', () => {
    const stack = toTemplate('archipelago-deployer', JSON.parse(JSON.stringify(template.toJSON())));
    const context = { keepsData: true, runbook: [], publicRoutes: {}, scopes: [] };
    expect(Object.values(houseRules).flatMap((rule) => rule(stack, context))).toEqual([]);
  });

  it.each(['', 'acme', 'acme/*', '*/archipelago', 'acme/archi:ref', 'acme/archipelago/x'])(
    "refuses '%s' as a repository",
    (repository) => {
      expect(() => synthesize({ repository, environments: ['dev'] })).toThrow('-c repository=<owner>/<name>');
    },
  );

  it.each(['*', 'prod*', '', 'Prod:x'])("refuses '%s' as an environment", (environment) => {
    expect(() => synthesize({ repository: 'acme/archipelago', environments: [environment] })).toThrow(
      'is no environment',
    );
  });
});
