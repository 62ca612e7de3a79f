import { refuse } from '../../../assembly/values.ts';
import type { Resource, ResourceType } from '../../../core/emulated-service.ts';
import type { World } from '../../../core/world.ts';
import type { ServiceDirectory } from '../state/service-directory.ts';
import { readServiceSpec, serviceIdentity } from '../state/service-spec.ts';
import { readTaskDefinition, type TaskDefinitions } from '../state/task-definition.ts';

export const serviceType = (world: World, definitions: TaskDefinitions, services: ServiceDirectory): ResourceType => {
  const read = (resource: Resource) => {
    const spec = readServiceSpec(world, resource);
    const found = definitions.find(spec.definitionArn);
    if (!found)
      throw refuse(resource, `there is no task definition ${spec.definitionArn} in this assembly`, 'add it to a stack');
    return { spec, definition: readTaskDefinition(world, found, definitions.revisionOf(found)) };
  };
  return {
    type: 'AWS::ECS::Service',
    honoured: [
      'ServiceName',
      'Cluster',
      'TaskDefinition',
      'DesiredCount',
      'DeploymentConfiguration.MinimumHealthyPercent',
      'DeploymentConfiguration.MaximumPercent',
      'DeploymentConfiguration.DeploymentCircuitBreaker',
      'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups',
      'NetworkConfiguration.AwsvpcConfiguration.Subnets',
      'ServiceRegistries',
    ],
    notEmulated: {
      '*': 'tasks are processes of this machine',
      DeploymentConfiguration: 'tasks are replaced as a rolling deployment, and no alarm is raised here',
      LoadBalancers: 'there are no load balancers here',
      NetworkConfiguration: 'everything here uses the network of this machine',
    },
    identify: (resource) => serviceIdentity(world, resource),
    create: async (resource) => {
      const { spec, definition } = read(resource);
      await services.add(spec, definition);
    },
    update: (resource) => {
      const { spec, definition } = read(resource);
      services.find(spec.arn)?.deploy(spec, definition);
      return true;
    },
    remove: (resource) => services.remove(serviceIdentity(world, resource).ref),
  };
};
