import { expect, it } from '@jest/globals';
import { apis } from '../../../lib/stacks/apis.ts';
import { admin, unique } from '../people.ts';
import type { System } from '../system.ts';

const services = '/registry/services';
const body = { host: 'notifications-1.svc.internal', port: 8080 };
const pathOf = (id: string): string => `${services}/notifications/instances/${id}`;

/** Each route that is for machines, with something in the place of its parameters. */
const forMachines = apis
  .flatMap(({ routes }) => Object.values(routes))
  .filter(({ access }) => access === 'machines')
  .map(({ method, path }) => [method, path.replace('{name}', 'catalog').replace('{id}', 'i1')] as const);

const whatDeploymentsRegistered = (system: () => System): void => {
  it('knows every service that was deployed', async () => {
    const machine = await system().machine('instances');
    const { status, body } = await machine('GET', services);
    expect(status).toBe(200);
    const names = Array.isArray(body.items) ? body.items.map(({ name }) => name) : [];
    expect(names).toEqual(expect.arrayContaining(['catalog']));
    const one = await machine('GET', `${services}/catalog`);
    expect(one.body).toMatchObject({ name: 'catalog', status: 'healthy', host: expect.any(String) });
  });

  it('lets no caller replace or remove what was deployed', async () => {
    const machine = await system().machine('instances');
    const { body } = await machine('GET', `${services}/catalog`);
    const path = `${services}/catalog/instances/${body.id}`;
    const replacing = await machine('PUT', path, { body: { host: 'catalog-1.svc.internal', port: 8080 } });
    expect([replacing.status, (await machine('DELETE', path)).status]).toEqual([409, 409]);
    expect((await machine('GET', `${services}/catalog`)).body).toEqual(body);
  });

  it('answers 404 for a service that nobody runs', async () => {
    const machine = await system().machine('instances');
    expect((await machine('GET', `${services}/${unique('none')}`)).status).toBe(404);
  });
};

const leases = (system: () => System): void => {
  it('registers an instance, notes its heartbeat, and lets it go', async () => {
    const machine = await system().machine('instances');
    const id = unique('instance');
    const path = pathOf(id);
    expect((await machine('PUT', `${path}/heartbeat`)).status).toBe(404);
    const registered = await machine('PUT', path, { body });
    expect([registered.status, registered.body.status]).toEqual([201, 'healthy']);
    expect((await machine('PUT', path, { body })).status).toBe(200);
    expect((await machine('PUT', `${path}/heartbeat`)).status).toBe(204);
    const all = await machine('GET', services);
    expect(JSON.stringify(all.body)).toContain(id);
    expect((await machine('DELETE', path)).status).toBe(204);
    expect((await machine('PUT', `${path}/heartbeat`)).status).toBe(404);
    expect(JSON.stringify((await machine('GET', services)).body)).not.toContain(id);
  });

  it('keeps the lease of one machine from another, for which it is not there', async () => {
    const [mine, other] = [await system().machine('mine'), await system().machine('other')];
    const [path, none] = [pathOf(unique('instance')), pathOf(unique('instance'))];
    expect((await mine('PUT', path, { body })).status).toBe(201);
    const answers = async (to: string) => {
      const [beat, gone] = [await other('PUT', `${to}/heartbeat`), await other('DELETE', to)];
      return [beat.status, beat.body.detail, gone.status, gone.text];
    };
    expect(await answers(path)).toEqual(await answers(none));
    expect((await other('PUT', path, { body: { ...body, host: 'evil.svc.internal' } })).status).toBe(409);
    expect((await mine('PUT', `${path}/heartbeat`)).status).toBe(204);
    expect((await mine('PUT', path, { body })).body.host).toBe(body.host);
    expect((await mine('DELETE', path)).status).toBe(204);
  });

  it.each(['169.254.169.254', 'localhost', '127.0.0.1', 'evil.example.com', '2130706433', 'user@svc.internal'])(
    'refuses the host %s, which may not be called',
    async (host) => {
      const machine = await system().machine('instances');
      expect((await machine('PUT', pathOf(unique('instance')), { body: { host, port: 80 } })).status).toBe(422);
    },
  );
};

export const cases = (system: () => System): void => {
  whatDeploymentsRegistered(system);
  leases(system);

  it.each(forMachines)(
    'answers %s %s with 403 to a caller who does not sign, whatever the token holds',
    async (method, path) => {
      const mallory = await system().as({ sub: 'mallory', scope: 'registry/read registry/write' });
      for (const client of [system().anonymous, mallory, await admin(system())]) {
        const { status } = await client(method, path, method === 'GET' ? {} : { body });
        expect(status).toBe(403);
      }
    },
  );
};
