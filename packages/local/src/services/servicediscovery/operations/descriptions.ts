import type { JsonObject } from '../../../core/json.ts';
import type { Namespace, Service } from '../state/directory.ts';

const described = ({ description }: { readonly description?: string }) =>
  description === undefined ? {} : { Description: description };

export const describeNamespace = (namespace: Namespace, services: readonly Service[]): JsonObject => ({
  Id: namespace.id,
  Arn: namespace.arn,
  Name: namespace.name,
  Type: namespace.kind,
  ...described(namespace),
  ServiceCount: services.filter((service) => service.namespace === namespace).length,
  Properties: { HttpProperties: { HttpName: namespace.name } },
  CreateDate: namespace.createdAtMs / 1000,
});

export const describeService = (service: Service): JsonObject => ({
  Id: service.id,
  Arn: service.arn,
  Name: service.name,
  Type: Object.keys(service.dns).length > 0 ? 'DNS_HTTP' : 'HTTP',
  ...described(service),
  NamespaceId: service.namespace.id,
  InstanceCount: service.instances.size,
  // FailureThreshold is always 1 on AWS, whatever a template says.
  ...(service.customHealth && { HealthCheckCustomConfig: { FailureThreshold: 1 } }),
  CreateDate: service.createdAtMs / 1000,
});
