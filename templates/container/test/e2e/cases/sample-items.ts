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
      /** Each task learns of a change by itself. */
      const listed = (query: string, ...items: readonly object[]) =>
        eventually(`GET ${query} lists ${items.length}`, async () => {
          const reply = await list(`prefix=${prefix}${query}`);
          return JSON.stringify(reply.body.items) === JSON.stringify(items) && reply.body.total === 2 && reply;
        });
      await listed('', lamp, chair);
      const first = await listed('&limit=1', lamp);
      const cursor = encodeURIComponent(String(first.body.next));
      expect((await listed(`&limit=1&cursor=${cursor}`, chair)).body).not.toHaveProperty('next');
      expect((await list(`prefix=other&cursor=${cursor}`)).status).toBe(400);
    }, 60_000);

    it('asks for a token', async () => {
      const { status } = await system().anonymous('GET', '/sample-items');
      expect(status).toBe(isOn ? 401 : 404);
    });
  });
};
