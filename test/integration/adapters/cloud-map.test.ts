import { createServiceDiscoveryService, type EmulatedAws, emulateAws } from '@archipelago/local/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createCloudMapLookup } from '../../../functions/adapters/aws/cloud-map-lookup.ts';
import { createCloudMapRegistry } from '../../../functions/adapters/aws/cloud-map-registry.ts';
import type { ServiceLookup } from '../../../functions/kernel/calls/service-lookup.ts';
import type { ServiceRegistry } from '../../../functions/kernel/calls/service-registry.ts';

const NAMESPACE = 'archipelago-test';
/** Cloud Map takes over a reported health about this much later. */
const HEALTH_TAKEN_OVER_MS = 30_000;

let aws: EmulatedAws;
let serviceRegistry: ServiceRegistry;
let lookup: ServiceLookup;

beforeAll(async () => {
  aws = await emulateAws((world) => [createServiceDiscoveryService(world)]);
  const namespace = await aws.create('AWS::ServiceDiscovery::HttpNamespace', 'Namespace', { Name: NAMESPACE });
  const more = { NamespaceId: namespace.ref, HealthCheckCustomConfig: {} };
  const catalog = await aws.create('AWS::ServiceDiscovery::Service', 'Catalog', { Name: 'catalog', ...more });
  await aws.create('AWS::ServiceDiscovery::Service', 'Billing', { Name: 'billing', ...more });
  await aws.create('AWS::ServiceDiscovery::Instance', 'Instance', {
    ServiceId: catalog.ref,
    InstanceId: 'catalog-live',
    InstanceAttributes: { origin: 'deploy', url: 'https://catalog.example/' },
  });
  const { endpoint, region, credentials } = aws.clientConfig;
  Object.assign(process.env, {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL: endpoint,
  });
  serviceRegistry = createCloudMapRegistry({ namespace: NAMESPACE });
  lookup = createCloudMapLookup({ namespace: NAMESPACE });
});
afterAll(() => aws.stop());

const reportHealth = async (service: string, id: string, healthy: boolean): Promise<void> => {
  await serviceRegistry.setHealth(service, id, healthy);
  await aws.advance(HEALTH_TAKEN_OVER_MS);
};

describe('the directory in Cloud Map', () => {
  it('knows the services of its namespace and what a deployment registered', async () => {
    expect(await serviceRegistry.services()).toEqual(['billing', 'catalog']);
    expect(await serviceRegistry.instances('catalog')).toEqual([
      { id: 'catalog-live', service: 'catalog', host: 'catalog.example', port: 443, healthy: true, origin: 'deploy' },
    ]);
    expect(await serviceRegistry.instances('moon')).toBeUndefined();
  });

  it('finds its namespace and its services beyond a page of a hundred', async () => {
    const names = Array.from({ length: 101 }, (_, index) => `service-${String(index).padStart(3, '0')}`);
    const create = (type: string, id: string, properties: object) =>
      aws.create(`AWS::ServiceDiscovery::${type}`, id, { ...properties });
    for (const name of names) await create('HttpNamespace', `Other-${name}`, { Name: `other-${name}` });
    const { ref: NamespaceId } = await create('HttpNamespace', 'Wide', { Name: 'wide' });
    for (const Name of names) await create('Service', `Wide-${Name}`, { Name, NamespaceId });
    expect(await createCloudMapRegistry({ namespace: 'wide' }).services()).toEqual(names);
  });

  it('enters an instance, follows its health, and removes it, however often that is asked', async () => {
    const instance = { service: 'billing', id: 'b1', host: 'b1.svc.internal', port: 8080 };
    await serviceRegistry.register(instance);
    await serviceRegistry.register(instance);
    expect(await serviceRegistry.instances('billing')).toEqual([{ ...instance, healthy: true, origin: 'lease' }]);
    await reportHealth('billing', 'b1', false);
    expect(await serviceRegistry.instances('billing')).toEqual([{ ...instance, healthy: false, origin: 'lease' }]);
    await serviceRegistry.deregister('billing', 'b1');
    await serviceRegistry.deregister('billing', 'b1');
    expect(await serviceRegistry.instances('billing')).toEqual([]);
  });
});

describe('discovery in Cloud Map', () => {
  it('gives the healthy instances alone, also when there are none', async () => {
    const live = { id: 'catalog-live', url: 'https://catalog.example', origin: 'deploy' };
    expect(await lookup.instances('catalog')).toEqual([live]);
    await reportHealth('catalog', 'catalog-live', false);
    expect(await lookup.instances('catalog')).toEqual([]);
    await reportHealth('catalog', 'catalog-live', true);
    expect(await lookup.instances('catalog')).toEqual([live]);
  });

  it('gives what a deployment registered, however many leases there are beside it', async () => {
    const live = { id: 'catalog-live', url: 'https://catalog.example', origin: 'deploy' };
    const ids = Array.from({ length: 200 }, (_, index) => `lease-${index}`);
    const lease = (id: string) => ({ service: 'catalog', id, host: `${id}.svc.internal`, port: 80 });
    await Promise.all(ids.map((id) => serviceRegistry.register(lease(id))));
    for (let asked = 0; asked < 20; asked += 1) expect(await lookup.instances('catalog')).toEqual([live]);
    await Promise.all(ids.map((id) => serviceRegistry.deregister('catalog', id)));
  });

  it('gives none of a service that is not there, or that has no address', async () => {
    expect(await lookup.instances('moon')).toEqual([]);
    await serviceRegistry.register({ service: 'billing', id: 'b2', host: 'b2.svc.internal', port: 8080 });
    expect(await lookup.instances('billing')).toEqual([]);
    await serviceRegistry.deregister('billing', 'b2');
  });
});
