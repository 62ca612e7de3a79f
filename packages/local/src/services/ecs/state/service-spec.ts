import { objectAt, templateValues, textsOf } from '../../../assembly/values.ts';
import type { Resource } from '../../../core/emulated-service.ts';
import { isObject, type JsonObject } from '../../../core/json.ts';
import { physicalName } from '../../../core/physical-name.ts';
import type { NetworkPlace } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';

/** A registry of Cloud Map that the tasks of a service are entered in. */
export interface Registry {
  readonly arn: string;
  /** The container's own port, which security groups speak of. */
  readonly containerPort: number;
}

/** One AWS::ECS::Service as the template configures it. */
export interface ServiceSpec {
  readonly name: string;
  readonly arn: string;
  readonly cluster: string;
  readonly definitionArn: string;
  /** Absent where scaling says it. */
  readonly desired: number | undefined;
  readonly minPercent: number;
  readonly maxPercent: number;
  readonly breaker: { readonly enabled: boolean; readonly rollback: boolean };
  readonly place: NetworkPlace;
  readonly registries: readonly Registry[];
}

/** What Ref and Fn::GetAtt give. */
export const serviceIdentity = ({ partition, region, account }: World, resource: Resource) => {
  const values = templateValues(resource);
  const name = values.text('ServiceName') ?? physicalName(resource);
  const cluster = clusterOf(resource);
  const arn = `arn:${partition}:ecs:${region}:${account}:service/${cluster}/${name}`;
  return { ref: arn, attributes: { Name: name, ServiceArn: arn } };
};

/** Given as its name or its ARN. */
const clusterOf = (resource: Resource): string =>
  (templateValues(resource).text('Cluster') ?? 'default').split('/').at(-1) ?? 'default';

const registryOf = ({ RegistryArn, ContainerPort, Port }: JsonObject): Registry => ({
  arn: String(RegistryArn),
  containerPort: Number(ContainerPort ?? Port ?? 0),
});

export const readServiceSpec = (world: World, resource: Resource): ServiceSpec => {
  const values = templateValues(resource);
  const { ref: arn, attributes } = serviceIdentity(world, resource);
  const deployment = templateValues(resource, values.object('DeploymentConfiguration'));
  const breaker = templateValues(resource, deployment.object('DeploymentCircuitBreaker'));
  const network = objectAt(values.object('NetworkConfiguration'), 'AwsvpcConfiguration');
  return {
    name: attributes.Name,
    arn,
    cluster: clusterOf(resource),
    definitionArn: values.requiredText('TaskDefinition'),
    desired: values.number('DesiredCount'),
    minPercent: deployment.number('MinimumHealthyPercent') ?? 100,
    maxPercent: deployment.number('MaximumPercent') ?? 200,
    breaker: { enabled: breaker.flag('Enable') ?? false, rollback: breaker.flag('Rollback') ?? false },
    place: { securityGroups: textsOf(network.SecurityGroups), subnets: textsOf(network.Subnets) },
    registries: values.list('ServiceRegistries').filter(isObject).map(registryOf),
  };
};
