import { textOf } from '../../assembly/values.ts';
import { derivedId, LOWER_ALPHANUMERIC } from '../../core/derived-id.ts';
import type { Identity, Resource, ResourceType } from '../../core/emulated-service.ts';
import type { World } from '../../core/world.ts';
import { textMap } from './operations/input.ts';
import type { Directory } from './state/directory.ts';

const descriptionOf = ({ properties }: Resource) =>
  typeof properties.Description === 'string' ? { description: properties.Description } : {};

const instanceIdOf = (resource: Resource): string =>
  textOf(resource.properties.InstanceId) ??
  derivedId(32, LOWER_ALPHANUMERIC, 'instance', resource.stack, resource.logicalId);

export const cloudMapResourceTypes = (world: World, directory: Directory): readonly ResourceType[] => {
  const arnOf = (kind: string, id: string) =>
    `arn:${world.partition}:servicediscovery:${world.region}:${world.account}:${kind}/${id}`;

  const identityOf = (kind: string, prefix: string, { stack, logicalId }: Resource, name: string): Identity => {
    const id = `${prefix}-${derivedId(16, LOWER_ALPHANUMERIC, kind, stack, logicalId)}`;
    return { ref: id, attributes: { Id: id, Arn: arnOf(kind, id), Name: name } };
  };
  const namespaceIdentity = (resource: Resource) =>
    identityOf('namespace', 'ns', resource, textOf(resource.properties.Name) ?? '');
  const serviceIdentity = (resource: Resource) =>
    identityOf('service', 'srv', resource, textOf(resource.properties.Name) ?? resource.logicalId);

  return [
    {
      type: 'AWS::ServiceDiscovery::HttpNamespace',
      honoured: ['Name', 'Description'],
      notEmulated: { Tags: 'tags have no effect here' },
      identify: namespaceIdentity,
      create: (resource) => {
        const { ref: id } = namespaceIdentity(resource);
        const name = textOf(resource.properties.Name) ?? '';
        const createdAtMs = world.clock.now();
        directory.addNamespace({ id, arn: arnOf('namespace', id), name, createdAtMs, ...descriptionOf(resource) });
      },
    },
    {
      type: 'AWS::ServiceDiscovery::Service',
      honoured: ['Name', 'NamespaceId', 'Description', 'Type', 'HealthCheckCustomConfig'],
      notEmulated: {
        'HealthCheckCustomConfig.FailureThreshold': 'always 1, as on AWS',
        DnsConfig: 'instances are found by DiscoverInstances only, not by DNS',
        HealthCheckConfig: 'nothing probes instances here',
        ServiceAttributes: 'GetServiceAttributes is not emulated',
        Tags: 'tags have no effect here',
      },
      identify: serviceIdentity,
      create: (resource) => {
        const { ref: id, attributes } = serviceIdentity(resource);
        directory.addService({
          id,
          arn: arnOf('service', id),
          name: textOf(attributes.Name) ?? '',
          namespace: directory.namespace(textOf(resource.properties.NamespaceId) ?? ''),
          customHealth: resource.properties.HealthCheckCustomConfig !== undefined,
          createdAtMs: world.clock.now(),
          ...descriptionOf(resource),
        });
      },
    },
    {
      type: 'AWS::ServiceDiscovery::Instance',
      honoured: ['InstanceAttributes', 'InstanceId', 'ServiceId'],
      identify: (resource) => ({ ref: instanceIdOf(resource), attributes: {} }),
      repeatable: true,
      create: (resource) => {
        const service = directory.service(textOf(resource.properties.ServiceId) ?? '');
        const attributes = textMap(resource.properties.InstanceAttributes, 'InstanceAttributes');
        directory.register(service, instanceIdOf(resource), attributes);
      },
    },
  ];
};
