import { describe, expect, it } from '@jest/globals';
import { deregisterInstance } from '../../../functions/registry/commands/deregister-instance.ts';
import { reconcileEntries } from '../../../functions/registry/commands/reconcile-entries.ts';
import {
  MOST_OF_A_SERVICE,
  MOST_OF_AN_OWNER,
  registerInstance,
} from '../../../functions/registry/commands/register-instance.ts';
import { sweepLeases } from '../../../functions/registry/commands/sweep-leases.ts';
import { listServices, pickService } from '../../../functions/registry/views/service-info.ts';
import { cause, OWNER, registryInMemory } from './registry-in-memory.ts';

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
    await expect(deregisterInstance(registry, name, OWNER, cause)).rejects.toMatchObject(refused);
    expect(await registry.serviceRegistry.instances('catalog')).toEqual(before);
    expect(registry.table.items()).toEqual([]);
  });

  it('is refused for a service that is not there', async () => {
    const registry = registryInMemory();
    expect(await registry.register('moon', 'm1')).toBeUndefined();
    expect(registry.table.items()).toEqual([]);
  });
});

describe('the lease of another', () => {
  const OTHER = 'arn:aws:iam::000000000000:role/other';

  it('is neither replaced nor ended, and stays entered', async () => {
    const registry = registryInMemory();
    await registry.register('billing', 'b1');
    const before = [registry.table.items(), await registry.serviceRegistry.instances('billing')];
    const taken = { refusal: { outcome: 'conflict', code: 'instance-taken' } };
    await expect(registry.register('billing', 'b1', OTHER)).rejects.toMatchObject(taken);
    await deregisterInstance(registry, { service: 'billing', id: 'b1' }, OTHER, cause);
    expect([registry.table.items(), await registry.serviceRegistry.instances('billing')]).toEqual(before);
    await deregisterInstance(registry, { service: 'billing', id: 'b1' }, OWNER, cause);
    expect(await registry.isListedHealthy('billing', 'b1')).toBeUndefined();
  });

  it('may be had by anyone once it is gone', async () => {
    const registry = registryInMemory();
    await registry.register('billing', 'b1');
    await deregisterInstance(registry, { service: 'billing', id: 'b1' }, OWNER, cause);
    expect(await registry.register('billing', 'b1', OTHER)).toMatchObject({ isNew: true });
  });
});

describe('a registration too many', () => {
  const tooMany = { refusal: { outcome: 'conflict', code: 'too-many-instances' } };

  it('of one owner is refused, also in another service; one that is there is renewed', async () => {
    const registry = registryInMemory();
    for (let index = 0; index < MOST_OF_AN_OWNER; index += 1) await registry.register('billing', `i${index}`);
    await expect(registry.register('shipping', 'next')).rejects.toMatchObject(tooMany);
    expect(await registry.register('billing', 'i0')).toMatchObject({ isNew: false });
    expect(await registry.register('billing', 'next', 'another')).toMatchObject({ isNew: true });
  });

  it('of one service is refused, whoever asks for it', async () => {
    const registry = registryInMemory();
    for (let index = 0; index < MOST_OF_A_SERVICE; index += 1)
      await registry.register('billing', `i${index}`, `owner-${index}`);
    await expect(registry.register('billing', 'next')).rejects.toMatchObject(tooMany);
    expect(await registry.register('shipping', 'next')).toMatchObject({ isNew: true });
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
    for (let index = 0; index < 2 * MOST_OF_A_SERVICE; index += 1) {
      const service = index < MOST_OF_A_SERVICE ? 'billing' : 'shipping';
      await registry.register(service, `i${index}`, `owner-${Math.floor(index / MOST_OF_AN_OWNER)}`);
    }
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

describe('a crash between a lease and its entry in the directory', () => {
  class Crashed extends Error {}
  const crash = () => Promise.reject(new Crashed());

  it('while registering: reconciliation enters the instance', async () => {
    const registry = registryInMemory();
    const dying = { ...registry, serviceRegistry: { ...registry.serviceRegistry, register: crash } };
    const instance = { service: 'billing', id: 'b1', owner: OWNER, host: 'b1.svc.internal', port: 80 };
    await expect(registerInstance(dying, instance, /./, cause)).rejects.toBeInstanceOf(Crashed);
    expect(await registry.isListedHealthy('billing', 'b1')).toBeUndefined();
    expect(await reconcileEntries(registry)).toEqual({ mended: 1, failed: 0 });
    expect(await registry.isListedHealthy('billing', 'b1')).toBe(true);
  });

  it('while deregistering: reconciliation removes the instance', async () => {
    const registry = registryInMemory();
    await registry.register('billing', 'b1');
    const dying = { ...registry, serviceRegistry: { ...registry.serviceRegistry, deregister: crash } };
    const name = { service: 'billing', id: 'b1' };
    await expect(deregisterInstance(dying, name, OWNER, cause)).rejects.toBeInstanceOf(Crashed);
    expect(await reconcileEntries(registry)).toEqual({ mended: 1, failed: 0 });
    expect(await registry.isListedHealthy('billing', 'b1')).toBeUndefined();
    expect(await registry.isListedHealthy('catalog', 'catalog-live')).toBe(true);
  });

  it('does not remove an instance whose lease the index does not show yet', async () => {
    const registry = registryInMemory();
    await registry.register('billing', 'b1');
    const lagging = { ...registry.table, query: async () => ({ items: [] }) };
    expect(await reconcileEntries({ ...registry, table: lagging })).toEqual({ mended: 0, failed: 0 });
    expect(await registry.isListedHealthy('billing', 'b1')).toBe(true);
  });
});

describe('a sweep that meets an instance which fails', () => {
  it('looks after the others, and says which one', async () => {
    const registry = registryInMemory();
    for (const id of ['a', 'b', 'c']) await registry.register('billing', id);
    for (const id of ['a', 'b', 'c']) await registry.serviceRegistry.setHealth('billing', id, false);
    const failing = {
      ...registry.serviceRegistry,
      setHealth: (service: string, id: string, healthy: boolean) =>
        id === 'a' ? Promise.reject(new Error('throttled')) : registry.serviceRegistry.setHealth(service, id, healthy),
    };
    const report = await sweepLeases({ ...registry, serviceRegistry: failing }, cause);
    expect(report).toMatchObject({ mended: 2, failed: 1 });
    expect(registry.entries).toMatchObject([{ level: 'error', fields: { instance: 'billing/a' } }]);
    expect(await sweepLeases(registry, cause)).toMatchObject({ mended: 1, failed: 0 });
  });
});

describe('a lease with the name of a deployed instance', () => {
  it('never changes that instance, and goes', async () => {
    const registry = registryInMemory();
    await registry.register('catalog', 'next');
    const deployed = { id: 'next', service: 'catalog', host: 'x', port: 443, healthy: true, origin: 'deploy' } as const;
    registry.serviceRegistry.enter(deployed);
    registry.advance(THREE_HEARTBEATS_MS + 1);
    await sweepLeases(registry, cause);
    expect(await registry.serviceRegistry.instances('catalog')).toContainEqual(deployed);
    expect(await sweepLeases(registry, cause)).toMatchObject({ leases: 0 });
  });
});

describe('an instance that died', () => {
  const MINUTE_MS = 60_000;

  it('is taken out at last, also when so many died together that evicting stopped', async () => {
    const registry = registryInMemory();
    const ids = Array.from({ length: 10 }, (_, index) => `i${index}`);
    for (const id of ids) await registry.register('billing', id);
    const healthy = async () => (await registry.serviceRegistry.instances('billing'))?.filter((each) => each.healthy);
    for (let minute = 1; minute <= 15; minute += 1) {
      registry.advance(MINUTE_MS);
      for (const id of ids.slice(2)) await registry.register('billing', id);
      await sweepLeases(registry, cause);
      if (minute === 5) expect(await healthy()).toHaveLength(10);
    }
    expect(await healthy()).toHaveLength(8);
  });

  it('stays listed as long as no instance at all is known to be alive: then the fault is ours', async () => {
    const registry = registryInMemory();
    for (let id = 0; id < 10; id += 1) await registry.register('billing', `i${id}`);
    registry.advance(5 * 60 * MINUTE_MS);
    expect(await sweepLeases(registry, cause)).toMatchObject({ lost: 0, isPreserving: true });
  });

  it('leaves the directory and its lease an hour later', async () => {
    const registry = registryInMemory();
    await registry.register('billing', 'b1');
    registry.advance(THREE_HEARTBEATS_MS + 1);
    await sweepLeases(registry, cause);
    expect(await registry.isListedHealthy('billing', 'b1')).toBe(false);
    registry.advance(60 * MINUTE_MS);
    await sweepLeases(registry, cause);
    expect(await sweepLeases(registry, cause)).toMatchObject({ leases: 0 });
    await reconcileEntries(registry);
    expect(await registry.isListedHealthy('billing', 'b1')).toBeUndefined();
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
