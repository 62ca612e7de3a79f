import { describe, expect, it } from '@jest/globals';
import { deregisterInstance } from '../../../functions/registry/commands/register-instance.ts';
import { sweepLeases } from '../../../functions/registry/commands/sweep-leases.ts';
import { listServices, pickService } from '../../../functions/registry/views/service-info.ts';
import { cause, registryInMemory } from './registry-in-memory.ts';

/** The published limits: a heartbeat every 30 s; after three that are missing the instance is lost. */
const THREE_HEARTBEATS_MS = 90_000;

describe('registering an instance', () => {
  it('lists it as healthy, with the time of its last heartbeat', async () => {
    const registry = registryInMemory();
    expect(await registry.register('billing', 'b1')).toMatchObject({ isNew: true });
    expect(await registry.register('billing', 'b1')).toMatchObject({ isNew: false });
    expect(await listServices(registry.table, registry.serviceRegistry)).toMatchObject([
      { id: 'b1', name: 'billing', status: 'healthy', lastHeartbeat: '2026-01-01T00:00:00.000Z', origin: 'lease' },
      { id: 'catalog-live', lastHeartbeat: null, origin: 'deploy' },
    ]);
  });

  it('neither replaces nor removes an instance that a deployment registered', async () => {
    const registry = registryInMemory();
    const before = await registry.serviceRegistry.instances('catalog');
    const refused = { refusal: { outcome: 'conflict', code: 'deployed-instance' } };
    const name = { service: 'catalog', id: 'catalog-live' };
    await expect(registry.register('catalog', 'catalog-live')).rejects.toMatchObject(refused);
    await expect(deregisterInstance(registry, name, cause)).rejects.toMatchObject(refused);
    expect(await registry.serviceRegistry.instances('catalog')).toEqual(before);
    expect(registry.table.items()).toEqual([]);
  });

  it('is refused for a service that is not there', async () => {
    const registry = registryInMemory();
    expect(await registry.register('moon', 'm1')).toBeUndefined();
    expect(registry.table.items()).toEqual([]);
  });
});

describe('a sweep', () => {
  it('marks an instance in the directory whose heartbeats are missing, and no other', async () => {
    const registry = registryInMemory();
    await registry.register('billing', 'silent');
    registry.advance(THREE_HEARTBEATS_MS + 1);
    await registry.register('billing', 'alive');
    expect(await sweepLeases(registry, cause)).toMatchObject({ leases: 2, lost: 1 });
    expect(await registry.isListedHealthy('billing', 'silent')).toBe(false);
    expect(await registry.isListedHealthy('billing', 'alive')).toBe(true);
    expect(await registry.isListedHealthy('catalog', 'catalog-live')).toBe(true);
  });

  it('reads all leases, not only the first page of them', async () => {
    const registry = registryInMemory();
    await registry.register('catalog', 'z-silent');
    registry.advance(THREE_HEARTBEATS_MS + 1);
    const others = Array.from({ length: 200 }, (_, index) => `i${index}`);
    for (const id of others) await registry.register('billing', id);
    expect(await sweepLeases(registry, cause)).toMatchObject({ leases: 201, lost: 1 });
    expect(await registry.isListedHealthy('catalog', 'z-silent')).toBe(false);
  });

  it('corrects the directory where it disagrees with a lease', async () => {
    const registry = registryInMemory();
    await registry.register('billing', 'lost');
    registry.advance(THREE_HEARTBEATS_MS + 1);
    await sweepLeases(registry, cause);
    await registry.register('catalog', 'alive');
    await registry.serviceRegistry.setHealth('billing', 'lost', true);
    await registry.serviceRegistry.setHealth('catalog', 'alive', false);
    expect(await sweepLeases(registry, cause)).toMatchObject({ lost: 0, mended: 2 });
    expect(await registry.isListedHealthy('billing', 'lost')).toBe(false);
    expect(await registry.isListedHealthy('catalog', 'alive')).toBe(true);
    expect(await sweepLeases(registry, cause)).toMatchObject({ mended: 0 });
  });
});

describe('picking an instance', () => {
  it.each([0, 0.5, 0.999])('gives a healthy one, whatever the chance: %d', async (chance) => {
    const registry = registryInMemory();
    for (const id of ['first', 'healthy', 'last']) await registry.register('billing', id);
    for (const id of ['first', 'last']) await registry.serviceRegistry.setHealth('billing', id, false);
    const picked = await pickService(registry.table, registry.serviceRegistry, 'billing', chance);
    expect(picked).toMatchObject({ id: 'healthy', status: 'healthy' });
  });

  it('gives none when all are unhealthy, or when there is no such service', async () => {
    const registry = registryInMemory();
    await registry.register('billing', 'sick');
    await registry.serviceRegistry.setHealth('billing', 'sick', false);
    expect(await pickService(registry.table, registry.serviceRegistry, 'billing', 0)).toBeUndefined();
    expect(await pickService(registry.table, registry.serviceRegistry, 'moon', 0)).toBeUndefined();
  });
});
