import type { Resource, TemplateFile } from '@archipelago/house-rules';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { synthesize } from '../support/synthesized.ts';
import { readTemplates } from '../support/templates.ts';

const SYNTHESIS_MS = 60_000;

interface Alias {
  readonly Properties: { readonly FunctionName: { readonly Ref: string }; readonly FunctionVersion: unknown };
  readonly UpdatePolicy?: {
    readonly CodeDeployLambdaAliasUpdate: {
      readonly ApplicationName: { readonly Ref: string };
      readonly DeploymentGroupName: { readonly Ref: string };
      readonly BeforeAllowTrafficHook?: string;
    };
  };
}

const stages = new Map<string, ReadonlyMap<string, TemplateFile>>();

beforeAll(async () => {
  for (const stage of ['dev', 'prod']) stages.set(stage, await readTemplates(await synthesize(stage)));
}, SYNTHESIS_MS);

const resources = (stage: string) =>
  [...(stages.get(stage)?.values() ?? [])].flatMap((template) =>
    Object.values(template.Resources).map((resource) => ({ ...resource, template })),
  );

/** What asks a function and waits for its answer: a route, or a function URL. */
const ASKING = ['AWS::ApiGatewayV2::Integration', 'AWS::Lambda::Url'];

const takesRequests = ({ Resources }: TemplateFile, functionId: string): boolean => {
  const entries = Object.entries(Resources);
  const aliases = entries.filter(
    ([, { Type, Properties }]) =>
      Type === 'AWS::Lambda::Alias' && JSON.stringify(Properties?.FunctionName) === `{"Ref":"${functionId}"}`,
  );
  const asking = JSON.stringify(entries.filter(([, { Type }]) => ASKING.includes(Type)).map(([, each]) => each));
  return asking.includes(`["${functionId}","Arn"]`) || aliases.some(([id]) => asking.includes(`{"Ref":"${id}"}`));
};

/** Each alias with its function's name, its deployment group and the alarm that the group looks at. */
const rollouts = () =>
  resources('prod')
    .filter(({ Type }) => Type === 'AWS::Lambda::Alias')
    .map(({ template, ...resource }) => {
      const alias: Alias = JSON.parse(JSON.stringify(resource));
      const propertiesOf = (id: string | undefined): Resource['properties'] =>
        template.Resources[id ?? '']?.Properties ?? {};
      const update = alias.UpdatePolicy?.CodeDeployLambdaAliasUpdate;
      const group = propertiesOf(update?.DeploymentGroupName.Ref);
      const alarms = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
      const watched = JSON.stringify(group.AlarmConfiguration ?? {});
      return {
        alias,
        name: String(propertiesOf(alias.Properties.FunctionName.Ref).FunctionName),
        takesRequests: takesRequests(template, alias.Properties.FunctionName.Ref),
        update,
        group,
        alarm: alarms.find(({ Properties }) => watched.includes(`"${Properties?.AlarmName}"`))?.Properties,
      };
    });

const HOOK = 'archipelago-prod-gateway-check-deployment';

describe('a new version in prod', () => {
  it('is rolled out by CodeDeploy in every function but the one that judges it', () => {
    const atOnce = rollouts().filter(({ update }) => update === undefined);
    expect(atOnce.map(({ name }) => name)).toEqual([HOOK]);
    expect(rollouts().length).toBeGreaterThan(30);
  });

  it('gets 10 % of the requests for five minutes, after a smoke check', () => {
    const requests = rollouts().filter((each) => each.takesRequests);
    expect(requests.length).toBeGreaterThan(20);
    expect(new Set(requests.map(({ group }) => group.DeploymentConfigName))).toEqual(
      new Set(['CodeDeployDefault.LambdaCanary10Percent5Minutes']),
    );
    expect(new Set(requests.map(({ update }) => update?.BeforeAllowTrafficHook))).toEqual(new Set([HOOK]));
  });

  it('gets another 10 % of the messages every minute', () => {
    const messages = rollouts().filter((each) => each.name !== HOOK && !each.takesRequests);
    expect(messages.length).toBeGreaterThan(10);
    expect(new Set(messages.map(({ group }) => group.DeploymentConfigName))).toEqual(
      new Set(['CodeDeployDefault.LambdaLinear10PercentEvery1Minute']),
    );
    expect(messages.filter(({ update }) => update?.BeforeAllowTrafficHook !== undefined)).toEqual([]);
  });

  it('is rolled back when it fails, which an alarm on the alias and this version tells', () => {
    for (const { name, alias, group, alarm } of rollouts().filter(({ update }) => update !== undefined)) {
      expect(group.AutoRollbackConfiguration).toEqual({
        Enabled: true,
        Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
      });
      expect(alarm).toMatchObject({
        Namespace: 'AWS/Lambda',
        MetricName: 'Errors',
        Threshold: 1,
        Dimensions: [
          { Name: 'FunctionName', Value: name },
          { Name: 'Resource', Value: `${name}:live` },
          { Name: 'ExecutedVersion', Value: alias.Properties.FunctionVersion },
        ],
      });
    }
  });

  it('keeps the versions before it, so that going back is one update of the alias', () => {
    const versions = resources('prod').filter(({ Type }) => Type === 'AWS::Lambda::Version');
    expect(new Set(versions.map(({ DeletionPolicy }) => DeletionPolicy))).toEqual(new Set(['Retain']));
  });

  it('is judged by a hook that may look at deployments, say its verdict and invoke functions of the stage', () => {
    const gateway = JSON.stringify(stages.get('prod')?.get('archipelago-prod-gateway'));
    expect(gateway).toContain('codedeploy:PutLifecycleEventHookExecutionStatus');
    expect(gateway).toContain(':deploymentgroup:archipelago-prod-*/archipelago-prod-*');
    expect(gateway).not.toMatch(/codedeploy:(\*|Create|Stop|Update)/);
  });

  it('is shifted in a role that can change the aliases of its own service only', () => {
    const orders = stages.get('prod')?.get('archipelago-prod-orders')?.Resources ?? {};
    const policy = Object.entries(orders).find(([id]) => id.startsWith('RolloutsRoleDefaultPolicy'))?.[1];
    const text = JSON.stringify(policy?.Properties?.PolicyDocument);
    expect(text).toContain(':function:archipelago-prod-orders-*');
    expect(text).not.toContain(':function:archipelago-prod-*');
  });
});

describe('a new version in dev', () => {
  it('takes over at once, without CodeDeploy', () => {
    expect(resources('dev').length).toBeGreaterThan(100);
    expect(resources('dev').filter(({ Type }) => Type.startsWith('AWS::CodeDeploy'))).toEqual([]);
    expect(JSON.stringify(resources('dev'))).not.toContain('UpdatePolicy');
  });
});
