import {
  DeregisterInstanceCommand,
  DiscoverInstancesCommand,
  type DiscoverInstancesCommandInput,
  DiscoverInstancesRevisionCommand,
  GetInstanceCommand,
  GetInstancesHealthStatusCommand,
  GetOperationCommand,
  GetServiceCommand,
  ListInstancesCommand,
  ListNamespacesCommand,
  ListServicesCommand,
  RegisterInstanceCommand,
  ServiceDiscoveryClient,
  UpdateInstanceCustomHealthStatusCommand,
} from '@aws-sdk/client-servicediscovery';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServiceDiscoveryService } from '../../src/services/servicediscovery/service.ts';
import { type EmulatedAws, emulateAws } from '../../src/testing/emulated-aws.ts';

let aws: EmulatedAws;
let client: ServiceDiscoveryClient;
let namespaceId: string;
let watchedId: string;
let plainId: string;

beforeEach(async () => {
  aws = await emulateAws((world) => [createServiceDiscoveryService(world)]);
  client = new ServiceDiscoveryClient({ ...aws.clientConfig, disableHostPrefix: true });
  namespaceId = (await aws.create('AWS::ServiceDiscovery::HttpNamespace', 'Namespace', { Name: 'shop-dev' })).ref;
  watchedId = (
    await aws.create('AWS::ServiceDiscovery::Service', 'Watched', {
      Name: 'orders',
      NamespaceId: namespaceId,
      HealthCheckCustomConfig: {},
    })
  ).ref;
  plainId = (await aws.create('AWS::ServiceDiscovery::Service', 'Plain', { Name: 'mailer', NamespaceId: namespaceId }))
    .ref;
});

afterEach(async () => {
  client.destroy();
  await aws.stop();
});

const register = (ServiceId: string, InstanceId: string, Attributes: Record<string, string> = { version: '1' }) =>
  client.send(new RegisterInstanceCommand({ ServiceId, InstanceId, Attributes }));

const report = (InstanceId: string, Status: 'HEALTHY' | 'UNHEALTHY', ServiceId = watchedId) =>
  client.send(new UpdateInstanceCustomHealthStatusCommand({ ServiceId, InstanceId, Status }));

const discovered = async (query: Partial<DiscoverInstancesCommandInput> = {}) => {
  const { Instances = [] } = await client.send(
    new DiscoverInstancesCommand({ NamespaceName: 'shop-dev', ServiceName: 'orders', ...query }),
  );
  return Instances.map(({ InstanceId }) => InstanceId).sort();
};

describe('discovery', () => {
  it('finds an instance that the template registered, with its attributes', async () => {
    await aws.create('AWS::ServiceDiscovery::Instance', 'Alias', {
      ServiceId: watchedId,
      InstanceId: 'live',
      InstanceAttributes: { url: 'http://orders', AWS_INIT_HEALTH_STATUS: 'HEALTHY' },
    });
    const answer = await client.send(
      new DiscoverInstancesCommand({ NamespaceName: 'shop-dev', ServiceName: 'orders', HealthStatus: 'HEALTHY' }),
    );
    expect(answer.Instances).toEqual([
      {
        InstanceId: 'live',
        NamespaceName: 'shop-dev',
        ServiceName: 'orders',
        HealthStatus: 'HEALTHY',
        Attributes: { url: 'http://orders', AWS_INIT_HEALTH_STATUS: 'HEALTHY' },
      },
    ]);
  });

  it('filters by health, and fails open only when asked to', async () => {
    await register(watchedId, 'well');
    await register(watchedId, 'ill', { AWS_INIT_HEALTH_STATUS: 'UNHEALTHY' });
    expect(await discovered({ HealthStatus: 'HEALTHY' })).toEqual(['well']);
    expect(await discovered({ HealthStatus: 'UNHEALTHY' })).toEqual(['ill']);
    expect(await discovered({ HealthStatus: 'ALL' })).toEqual(['ill', 'well']);
    expect(await discovered({ HealthStatus: 'HEALTHY_OR_ELSE_ALL' })).toEqual(['well']);
    await client.send(new DeregisterInstanceCommand({ ServiceId: watchedId, InstanceId: 'well' }));
    expect(await discovered({ HealthStatus: 'HEALTHY' })).toEqual([]);
    expect(await discovered({ HealthStatus: 'HEALTHY_OR_ELSE_ALL' })).toEqual(['ill']);
  });

  it('ignores the health filter of a service without a custom health check', async () => {
    await register(plainId, 'one');
    const { Instances } = await client.send(
      new DiscoverInstancesCommand({ NamespaceName: 'shop-dev', ServiceName: 'mailer', HealthStatus: 'UNHEALTHY' }),
    );
    expect(Instances).toMatchObject([{ InstanceId: 'one', HealthStatus: 'UNKNOWN' }]);
    await expect(report('one', 'HEALTHY', plainId)).rejects.toMatchObject({ name: 'CustomHealthNotFound' });
  });

  it('demands every query parameter and prefers the optional ones', async () => {
    await register(watchedId, 'a', { stage: 'blue', version: '1' });
    await register(watchedId, 'b', { stage: 'blue', version: '2' });
    await register(watchedId, 'c', { stage: 'green', version: '2' });
    expect(await discovered({ QueryParameters: { stage: 'blue' } })).toEqual(['a', 'b']);
    expect(await discovered({ QueryParameters: { stage: 'blue', version: '2' } })).toEqual(['b']);
    expect(await discovered({ QueryParameters: { stage: 'red' } })).toEqual([]);
    const preferring = (version: string) => ({ QueryParameters: { stage: 'blue' }, OptionalParameters: { version } });
    expect(await discovered(preferring('2'))).toEqual(['b']);
    expect(await discovered(preferring('3'))).toEqual(['a', 'b']);
  });

  it('answers at most MaxResults instances', async () => {
    for (const id of ['a', 'b', 'c']) await register(watchedId, id);
    expect(await discovered({ MaxResults: 2 })).toHaveLength(2);
    await expect(discovered({ MaxResults: 1001 })).rejects.toMatchObject({ name: 'InvalidInput' });
  });

  it('refuses a namespace or service that is not there', async () => {
    await expect(discovered({ NamespaceName: 'elsewhere' })).rejects.toMatchObject({ name: 'NamespaceNotFound' });
    await expect(discovered({ ServiceName: 'nobody' })).rejects.toMatchObject({ name: 'ServiceNotFound' });
  });

  it('counts a revision up with every visible change only', async () => {
    const revision = async () => {
      const query = { NamespaceName: 'shop-dev', ServiceName: 'orders' };
      return Number((await client.send(new DiscoverInstancesRevisionCommand(query))).InstancesRevision);
    };
    const before = await revision();
    await register(watchedId, 'a');
    expect(await revision()).toBe(before + 1);
    await discovered();
    await report('a', 'UNHEALTHY');
    expect(await revision()).toBe(before + 1);
    await aws.advance(30_000);
    expect(await revision()).toBe(before + 2);
  });
});

describe('custom health', () => {
  beforeEach(async () => {
    await register(watchedId, 'a');
  });

  it('takes a report over after 30 seconds, as AWS does', async () => {
    await report('a', 'UNHEALTHY');
    await aws.advance(29_999);
    expect(await discovered({ HealthStatus: 'HEALTHY' })).toEqual(['a']);
    await aws.advance(1);
    expect(await discovered({ HealthStatus: 'HEALTHY' })).toEqual([]);
    const { Status } = await client.send(new GetInstancesHealthStatusCommand({ ServiceId: watchedId }));
    expect(Status).toEqual({ a: 'UNHEALTHY' });
  });

  it('is not sped up by a second report, and called off by the opposite one', async () => {
    await report('a', 'UNHEALTHY');
    await aws.advance(20_000);
    await report('a', 'UNHEALTHY');
    await aws.advance(10_000);
    expect(await discovered({ HealthStatus: 'UNHEALTHY' })).toEqual(['a']);
    await report('a', 'HEALTHY');
    await report('a', 'UNHEALTHY');
    await aws.advance(60_000);
    expect(await discovered({ HealthStatus: 'UNHEALTHY' })).toEqual(['a']);
  });

  it('waits as a planned task, so that a quiet system may hold one', async () => {
    await report('a', 'UNHEALTHY');
    expect(aws.world.agenda.pending()).toMatchObject([{ kind: 'planned', subject: 'orders/a' }]);
    await client.send(new DeregisterInstanceCommand({ ServiceId: watchedId, InstanceId: 'a' }));
    expect(aws.world.agenda.pending()).toEqual([]);
  });

  it('refuses a report about an unknown instance', async () => {
    await expect(report('b', 'HEALTHY')).rejects.toMatchObject({ name: 'InstanceNotFound' });
  });
});

describe('registration', () => {
  it('answers operations that have succeeded', async () => {
    const { OperationId } = await register(watchedId, 'a');
    const { Operation } = await client.send(new GetOperationCommand({ OperationId }));
    expect(Operation).toMatchObject({ Id: OperationId, Status: 'SUCCESS', Type: 'REGISTER_INSTANCE' });
  });

  it('replaces an instance that registers again', async () => {
    await register(watchedId, 'a', { version: '1', gone: 'soon' });
    await register(watchedId, 'a', { version: '2' });
    const { Instance } = await client.send(new GetInstanceCommand({ ServiceId: watchedId, InstanceId: 'a' }));
    expect(Instance).toMatchObject({ Id: 'a', Attributes: { version: '2' } });
    expect(Instance?.Attributes).not.toHaveProperty('gone');
  });

  it('refuses ids, attributes and services that AWS refuses', async () => {
    await expect(register(watchedId, 'no spaces')).rejects.toMatchObject({ name: 'InvalidInput' });
    await expect(register(watchedId, 'a', {})).rejects.toMatchObject({ name: 'InvalidInput' });
    await expect(register('srv-unknown', 'a')).rejects.toMatchObject({ name: 'ServiceNotFound' });
    const deregister = new DeregisterInstanceCommand({ ServiceId: watchedId, InstanceId: 'nobody' });
    await expect(client.send(deregister)).rejects.toMatchObject({ name: 'InstanceNotFound' });
  });
});

describe('listing', () => {
  it('finds services by namespace and describes them', async () => {
    const { Namespaces } = await client.send(new ListNamespacesCommand({}));
    expect(Namespaces).toMatchObject([{ Id: namespaceId, Name: 'shop-dev', Type: 'HTTP' }]);
    const filter = (id: string) => ({ Filters: [{ Name: 'NAMESPACE_ID' as const, Values: [id] }] });
    const { Services } = await client.send(new ListServicesCommand(filter(namespaceId)));
    expect(Services?.map(({ Name }) => Name)).toEqual(['orders', 'mailer']);
    expect((await client.send(new ListServicesCommand(filter('ns-other')))).Services).toEqual([]);
    const { Service } = await client.send(new GetServiceCommand({ Id: watchedId }));
    expect(Service).toMatchObject({ Name: 'orders', NamespaceId: namespaceId, CreateDate: new Date(aws.clock.now()) });
    expect(Service?.HealthCheckCustomConfig).toEqual({ FailureThreshold: 1 });
  });

  it('pages through instances', async () => {
    for (const id of ['a', 'b', 'c']) await register(plainId, id);
    const first = await client.send(new ListInstancesCommand({ ServiceId: plainId, MaxResults: 2 }));
    expect(first.Instances?.map(({ Id }) => Id)).toEqual(['a', 'b']);
    const query = { ServiceId: plainId, MaxResults: 2, NextToken: first.NextToken };
    const second = await client.send(new ListInstancesCommand(query));
    expect(second.Instances?.map(({ Id }) => Id)).toEqual(['c']);
    expect(second.NextToken).toBeUndefined();
  });
});
