import { beforeAll, describe, expect, it } from '@jest/globals';
import { isObject } from '../../../../../functions/kernel/values/json.ts';
import { admin, unique } from '../../../../../test/e2e/people.ts';
import type { System } from '../../../../../test/e2e/system.ts';
import { eventually } from '../../../../../test/support/eventually.ts';

const price = { amount: 4900, currency: 'EUR' };

export const cases = (system: () => System): void => {
  const list = async (query: string) => (await system().as({ sub: 'ada' }))('GET', `/sample-items?${query}`);

  describe('where it runs', () => {
    let isOn = false;
    beforeAll(async () => {
      const { body } = await system().anonymous('GET', '/openapi.json');
      isOn = isObject(body.paths) && '/sample-items' in body.paths;
      if (isOn) await eventually('a task answers', async () => (await list('limit=1')).status === 200, 60_000);
    }, 90_000);

    it('lists a product that was put, with its newest name, page by page', async () => {
      if (!isOn) return expect((await list('limit=1')).status).toBe(404);
      const boss = await admin(system());
      const prefix = unique('entry');
      const put = (sku: string, name: string) => boss('PUT', `/products/${sku}`, { body: { name, price } });
      await put(`${prefix}-a`, 'Lamp');
      await put(`${prefix}-b`, 'Chair');
      await put(`${prefix}-a`, 'Desk lamp');
      const [lamp, chair] = [
        { sku: `${prefix}-a`, name: 'Desk lamp', price },
        { sku: `${prefix}-b`, name: 'Chair', price },
      ];
      const isListed = async () => {
        const { items } = (await list(`prefix=${prefix}`)).body;
        return JSON.stringify(items) === JSON.stringify([lamp, chair]);
      };
      expect(await eventually('both are listed', isListed)).toBe(true);
      const first = await list(`prefix=${prefix}&limit=1`);
      expect(first.body).toMatchObject({ items: [lamp], total: 2 });
      const cursor = encodeURIComponent(String(first.body.next));
      expect((await list(`prefix=${prefix}&limit=1&cursor=${cursor}`)).body).toEqual({ items: [chair], total: 2 });
      expect((await list(`prefix=other&cursor=${cursor}`)).status).toBe(400);
    }, 60_000);

    it('asks for a token', async () => {
      const { status } = await system().anonymous('GET', '/sample-items');
      expect(status).toBe(isOn ? 401 : 404);
    });
  });
};
