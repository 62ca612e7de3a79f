import { createServiceDiscoveryService, type EmulatedAws, emulateAws } from '@archipelago/local/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createCloudMapDiscovery } from '../../../functions/adapters/aws/cloud-map-lookup.ts';
import { createCloudMapDirectory } from '../../../functions/adapters/aws/cloud-map-registry.ts';
import type { Discovery } from '../../../functions/kernel/calls/service-lookup.ts';
import type { Directory } from '../../../functions/kernel/calls/service-registry.ts';

const NAMESPACE = 'archipelago-test';
/** Cloud Map takes over a reported health about this much later. */
const HEALTH_TAKEN_OVER_MS = 30_000;

let aws: EmulatedAws;
let directory: Directory;
let discovery: Discovery;

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
  directory = createCloudMapDirectory({ namespace: NAMESPACE });
  discovery = createCloudMapDiscovery({ namespace: NAMESPACE });
});
afterAll(() => aws.stop());

const reportHealth = async (service: string, id: string, healthy: boolean): Promise<void> => {
  await directory.setHealth(service, id, healthy);
  await aws.advance(HEALTH_TAKEN_OVER_MS);
};

describe('the directory in Cloud Map', () => {
  it('knows the services of its namespace and what a deployment registered', async () => {
    expect(await directory.services()).toEqual(['billing', 'catalog']);
    expect(await directory.instances('catalog')).toEqual([
      { id: 'catalog-live', service: 'catalog', host: 'catalog.example', port: 443, healthy: true, origin: 'deploy' },
    ]);
    expect(await directory.instances('moon')).toBeUndefined();
  });

  it('enters an instance, follows its health, and removes it, however often that is asked', async () => {
    const instance = { service: 'billing', id: 'b1', host: 'b1.svc.internal', port: 8080 };
    await directory.register(instance);
    await directory.register(instance);
    expect(await directory.instances('billing')).toEqual([{ ...instance, healthy: true, origin: 'lease' }]);
    await reportHealth('billing', 'b1', false);
    expect(await directory.instances('billing')).toEqual([{ ...instance, healthy: false, origin: 'lease' }]);
    await directory.deregister('billing', 'b1');
    await directory.deregister('billing', 'b1');
    expect(await directory.instances('billing')).toEqual([]);
  });
});

describe('discovery in Cloud Map', () => {
  it('gives the healthy instances alone, also when there are none', async () => {
    const live = { id: 'catalog-live', url: 'https://catalog.example', origin: 'deploy' };
    expect(await discovery.instances('catalog')).toEqual([live]);
    await reportHealth('catalog', 'catalog-live', false);
    expect(await discovery.instances('catalog')).toEqual([]);
    await reportHealth('catalog', 'catalog-live', true);
    expect(await discovery.instances('catalog')).toEqual([live]);
  });

  it('gives none of a service that is not there, or that has no address', async () => {
    expect(await discovery.instances('moon')).toEqual([]);
    await directory.register({ service: 'billing', id: 'b2', host: 'b2.svc.internal', port: 8080 });
    expect(await discovery.instances('billing')).toEqual([]);
    await directory.deregister('billing', 'b2');
  });
});
