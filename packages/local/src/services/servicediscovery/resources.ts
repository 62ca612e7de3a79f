import { objectOf, textOf } from '../../assembly/values.ts';
import { derivedId, LOWER_ALPHANUMERIC } from '../../core/derived-id.ts';
import type { Identity, Resource, ResourceType } from '../../core/emulated-service.ts';
import { isList, isObject, type JsonObject } from '../../core/json.ts';
import type { World } from '../../core/world.ts';
import { TYPE } from './dns/message.ts';
import { textMap } from './operations/input.ts';
import type { Directory, Namespace, TimesToLive } from './state/directory.ts';

const descriptionOf = ({ properties }: Resource) =>
  typeof properties.Description === 'string' ? { description: properties.Description } : {};

const instanceIdOf = (resource: Resource): string =>
  textOf(resource.properties.InstanceId) ??
  derivedId(32, LOWER_ALPHANUMERIC, 'instance', resource.stack, resource.logicalId);

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_DnsRecord.html */
const timesToLive = ({ DnsRecords }: JsonObject): TimesToLive => {
  const records = isList(DnsRecords) ? DnsRecords.filter(isObject) : [];
  return Object.fromEntries(
    records.flatMap(({ Type, TTL }) => (Type === 'A' || Type === 'SRV' ? [[TYPE[Type], Number(TTL)]] : [])),
  );
};

const instanceType = (directory: Directory): ResourceType => ({
  type: 'AWS::ServiceDiscovery::Instance',
  honoured: ['InstanceAttributes', 'InstanceId', 'ServiceId'],
  identify: (resource) => ({ ref: instanceIdOf(resource), attributes: {} }),
  repeatable: true,
  create: (resource) => {
    const service = directory.service(textOf(resource.properties.ServiceId) ?? '');
    const attributes = textMap(resource.properties.InstanceAttributes, 'InstanceAttributes');
    directory.register(service, instanceIdOf(resource), attributes);
  },
});

export const cloudMapResourceTypes = (world: World, directory: Directory): readonly ResourceType[] => {
  const arnOf = (kind: string, id: string) =>
    `arn:${world.partition}:servicediscovery:${world.region}:${world.account}:${kind}/${id}`;

  const identityOf = (kind: string, prefix: string, { stack, logicalId }: Resource, name: string): Identity => {
    const id = `${prefix}-${derivedId(16, LOWER_ALPHANUMERIC, kind, stack, logicalId)}`;
    return { ref: id, attributes: { Id: id, Arn: arnOf(kind, id), Name: name } };
  };
  const namespaceIdentity = (resource: Resource): Identity => {
    const { ref, attributes } = identityOf('namespace', 'ns', resource, textOf(resource.properties.Name) ?? '');
    return { ref, attributes: { ...attributes, HostedZoneId: ref.replace('ns-', 'Z').toUpperCase() } };
  };
  const serviceIdentity = (resource: Resource) =>
    identityOf('service', 'srv', resource, textOf(resource.properties.Name) ?? resource.logicalId);

  const namespaceType = (
    type: string,
    kind: Namespace['kind'],
    notEmulated: Readonly<Record<string, string>>,
  ): ResourceType => ({
    type: `AWS::ServiceDiscovery::${type}`,
    honoured: ['Name', 'Description'],
    notEmulated: { ...notEmulated, Tags: 'tags have no effect here' },
    identify: namespaceIdentity,
    create: (resource) => {
      const { ref: id } = namespaceIdentity(resource);
      const name = textOf(resource.properties.Name) ?? '';
      const arn = arnOf('namespace', id);
      directory.addNamespace({ id, arn, name, kind, createdAtMs: world.clock.now(), ...descriptionOf(resource) });
    },
  });

  return [
    namespaceType('HttpNamespace', 'HTTP', {}),
    namespaceType('PrivateDnsNamespace', 'DNS_PRIVATE', {
      Properties: 'nothing here keeps an answer that there is no record',
      Vpc: 'every function in a network finds its names',
    }),
    {
      type: 'AWS::ServiceDiscovery::Service',
      honoured: [
        ...['Name', 'NamespaceId', 'Description', 'Type', 'HealthCheckCustomConfig', 'Tags'],
        ...['DnsConfig.NamespaceId', 'DnsConfig.DnsRecords'],
      ],
      notEmulated: {
        'HealthCheckCustomConfig.FailureThreshold': 'always 1, as on AWS',
        'DnsConfig.RoutingPolicy': 'always MULTIVALUE: up to eight instances that are healthy',
        HealthCheckConfig: 'nothing probes instances here',
        ServiceAttributes: 'GetServiceAttributes is not emulated',
      },
      identify: serviceIdentity,
      create: (resource) => {
        const { ref: id, attributes } = serviceIdentity(resource);
        const dns = objectOf(resource.properties.DnsConfig);
        directory.addService({
          id,
          arn: arnOf('service', id),
          name: textOf(attributes.Name) ?? '',
          namespace: directory.namespace(textOf(resource.properties.NamespaceId ?? dns.NamespaceId) ?? ''),
          dns: timesToLive(dns),
          customHealth: resource.properties.HealthCheckCustomConfig !== undefined,
          tags: resource.tags ?? {},
          createdAtMs: world.clock.now(),
          ...descriptionOf(resource),
        });
      },
    },
    instanceType(directory),
  ];
};
