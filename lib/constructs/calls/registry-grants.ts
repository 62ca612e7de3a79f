import { Stack } from 'aws-cdk-lib';
import { namespaceName } from '../../config/names.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { Owner } from '../owner.ts';

/** DiscoverInstances knows no resource, only conditions; without `service` it covers the whole namespace of the stage. */
export const grantDiscover = (fn: ServiceFunction, { stage }: Owner, service?: string): void =>
  fn.allow(['servicediscovery:DiscoverInstances'], ['*'], {
    StringEquals: {
      'servicediscovery:NamespaceName': namespaceName(stage.prefix),
      ...(service === undefined ? {} : { 'servicediscovery:ServiceName': service }),
    },
  });

/** Neither listing knows a resource or a condition; they show names and ids, and no instance. */
export const grantListServices = (fn: ServiceFunction): void =>
  fn.allow(['servicediscovery:ListNamespaces', 'servicediscovery:ListServices'], ['*']);

/** `actions` are names of Cloud Map's operations. Services have no ARN that a name gives, so the stage's tag selects them. */
export const grantKeepInstances = (fn: ServiceFunction, { stage }: Owner, actions: readonly string[]): void => {
  const services = Stack.of(fn).formatArn({ service: 'servicediscovery', resource: 'service', resourceName: '*' });
  grantListServices(fn);
  fn.allow(
    actions.map((action) => `servicediscovery:${action}`),
    [services],
    { StringEquals: { 'aws:ResourceTag/system': stage.prefix } },
  );
};
