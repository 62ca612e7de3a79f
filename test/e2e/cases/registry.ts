import { expect, it } from '@jest/globals';
import { unique } from '../people.ts';
import type { System } from '../system.ts';

export const cases = (system: () => System): void => {
  it('knows every service that was deployed', async () => {
    const client = await system().as({ sub: 'operator' });
    const { status, body } = await client('GET', '/registry/services');
    expect(status).toBe(200);
    const names = Array.isArray(body.items) ? body.items.map(({ name }) => name) : [];
    expect(names).toEqual(expect.arrayContaining(['catalog']));
    const one = await client('GET', '/registry/services/catalog');
    expect(one.body).toMatchObject({ name: 'catalog', status: 'healthy', host: expect.any(String) });
  });

  it('lets no caller replace or remove what was deployed', async () => {
    const client = await system().as({ sub: 'operator' });
    const { body } = await client('GET', '/registry/services/catalog');
    const path = `/registry/services/catalog/instances/${body.id}`;
    const replacing = await client('PUT', path, { body: { host: 'catalog-1.svc.internal', port: 8080 } });
    expect([replacing.status, (await client('DELETE', path)).status]).toEqual([409, 409]);
    expect((await client('GET', '/registry/services/catalog')).body).toEqual(body);
  });

  it('registers an instance, notes its heartbeat, and lets it go', async () => {
    const client = await system().as({ sub: 'operator' });
    const id = unique('instance');
    const path = `/registry/services/notifications/instances/${id}`;
    const body = { host: 'notifications-1.svc.internal', port: 8080 };
    expect((await client('PUT', `${path}/heartbeat`)).status).toBe(404);
    const registered = await client('PUT', path, { body });
    expect([registered.status, registered.body.status]).toEqual([201, 'healthy']);
    expect((await client('PUT', path, { body })).status).toBe(200);
    expect((await client('PUT', `${path}/heartbeat`)).status).toBe(204);
    const all = await client('GET', '/registry/services');
    expect(JSON.stringify(all.body)).toContain(id);
    expect((await client('DELETE', path)).status).toBe(204);
    expect((await client('PUT', `${path}/heartbeat`)).status).toBe(404);
    expect(JSON.stringify((await client('GET', '/registry/services')).body)).not.toContain(id);
  });

  it('answers 404 for a service that nobody runs', async () => {
    const client = await system().as({ sub: 'operator' });
    expect((await client('GET', `/registry/services/${unique('none')}`)).status).toBe(404);
  });

  it.each(['169.254.169.254', 'localhost', '127.0.0.1', 'evil.example.com', '2130706433', 'user@svc.internal'])(
    'refuses the host %s, which may not be called',
    async (host) => {
      const client = await system().as({ sub: 'operator' });
      const path = `/registry/services/notifications/instances/${unique('instance')}`;
      expect((await client('PUT', path, { body: { host, port: 80 } })).status).toBe(422);
    },
  );

  it('asks for the scope to write', async () => {
    const client = await system().as({ sub: 'reader', scope: 'registry/read' });
    const path = `/registry/services/notifications/instances/${unique('instance')}`;
    expect((await client('PUT', path, { body: { host: 'n.svc.internal', port: 1 } })).status).toBe(403);
  });
};
