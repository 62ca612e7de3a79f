import type { Identity, Resource, ResourceType } from '../../core/emulated-service.ts';
import { physicalName } from '../../core/physical-name.ts';
import type { World } from '../../core/world.ts';

const ALARMS = 'nothing is measured or raised here';
const LOGS = 'log lines are kept in memory for the session; see GET /control/logs';
const DEPLOYMENTS = 'there is one version of each function here';

const nameIn = (resource: Resource, property: string): string => {
  const name = resource.properties[property];
  return typeof name === 'string' ? name : physicalName(resource);
};

/** Types that are nothing but a name to others. `name` is the property that holds it. */
const named = (
  type: string,
  name: string,
  reason: string,
  identityOf: (name: string, resource: Resource) => Identity,
): ResourceType => ({
  type,
  honoured: [name],
  notEmulated: { '*': reason },
  identify: (resource) => identityOf(nameIn(resource, name), resource),
});

const onlyRef = (ref: string): Identity => ({ ref, attributes: {} });

const observationTypes = ({ partition, region, account }: World): readonly ResourceType[] => {
  const alarm = (name: string): Identity => ({
    ref: name,
    attributes: { Arn: `arn:${partition}:cloudwatch:${region}:${account}:alarm:${name}` },
  });
  return [
    named('AWS::Logs::LogGroup', 'LogGroupName', LOGS, (name) => ({
      ref: name,
      attributes: { Arn: `arn:${partition}:logs:${region}:${account}:log-group:${name}:*` },
    })),
    named('AWS::CloudWatch::Alarm', 'AlarmName', ALARMS, alarm),
    named('AWS::CloudWatch::CompositeAlarm', 'AlarmName', ALARMS, alarm),
    named('AWS::CloudWatch::Dashboard', 'DashboardName', ALARMS, onlyRef),
  ];
};

const deploymentTypes: readonly ResourceType[] = [
  named('AWS::CodeDeploy::Application', 'ApplicationName', DEPLOYMENTS, onlyRef),
  named('AWS::CodeDeploy::DeploymentGroup', 'DeploymentGroupName', DEPLOYMENTS, onlyRef),
  named('AWS::CodeDeploy::DeploymentConfig', 'DeploymentConfigName', DEPLOYMENTS, onlyRef),
];

/** Says which constructs were used; CloudFormation itself does nothing with it. */
const cdkMetadata: ResourceType = {
  type: 'AWS::CDK::Metadata',
  honoured: ['Analytics'],
  identify: (resource) => onlyRef(physicalName(resource)),
};

export const nameOnlyTypes = (world: World): readonly ResourceType[] => [
  ...observationTypes(world),
  ...deploymentTypes,
  cdkMetadata,
];
