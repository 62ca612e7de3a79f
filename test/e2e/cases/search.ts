import { beforeAll, describe, expect, it } from '@jest/globals';
import { isList, isObject, type JsonObject } from '../../../functions/kernel/values/json.ts';
import { eventually } from '../../support/eventually.ts';
import { addStock, admin, unique } from '../people.ts';
import type { System } from '../system.ts';

const price = { amount: 4900, currency: 'EUR' };

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** A word that no other product has. */
const newWord = (): string => Array.from({ length: 9 }, () => LETTERS[Math.floor(Math.random() * 26)]).join('');

/** The first two letters in the other order. */
const mistyped = ([first = '', second = '', ...rest]: string): string => [second, first, ...rest].join('');

export const cases = (system: () => System): void => {
  const find = (query: string) => system().anonymous('GET', `/search?${query}`);
  const itemsOf = async (query: string): Promise<readonly JsonObject[]> => {
    const { items } = (await find(query)).body;
    return isList(items) ? items.filter(isObject) : [];
  };

  describe('where it runs', () => {
    let isOn = false;
    beforeAll(async () => {
      const { body } = await system().anonymous('GET', '/openapi.json');
      isOn = isObject(body.paths) && '/search' in body.paths;
      if (isOn) await eventually('a task answers', async () => (await find('q=any')).status === 200, 60_000);
    }, 90_000);

    it('finds a product by a word that is typed wrong, and says how long after its PUT', async () => {
      if (!isOn) return expect((await find('q=lamp')).status).toBe(404);
      const boss = await admin(system());
      const [word, sku] = [newWord(), unique('lamp')];
      await boss('PUT', `/products/${unique('other')}`, { body: { name: 'Chair', price } });
      const beganMs = performance.now();
      await boss('PUT', `/products/${sku}`, { body: { name: `Desk ${word}`, price } });
      await eventually('it is found', async () => (await itemsOf(`q=${mistyped(word)}`)).length === 1);
      process.stdout.write(`found after ${Math.round(performance.now() - beganMs)} ms\n`);
      const [found] = await itemsOf(`q=${mistyped(word)}`);
      expect(found).toEqual({ sku, name: `Desk ${word}`, price, available: 0, highlights: [{ start: 5, end: 14 }] });
      await addStock(boss, sku, 3);
      const inStock = async () => (await itemsOf(`q=${word}&inStock=true`))[0]?.available === 3;
      expect(await eventually('its stock is known', inStock)).toBe(true);
      expect(await itemsOf(`q=${word}&maxPrice=4899&currency=EUR`)).toEqual([]);
    }, 60_000);

    it('answers page by page, and takes no cursor of another query', async () => {
      if (!isOn) return;
      const boss = await admin(system());
      const word = newWord();
      for (const name of ['One', 'Two', 'Three'])
        await boss('PUT', `/products/${unique('sku')}`, { body: { name: `${name} ${word}`, price } });
      await eventually('all are found', async () => (await itemsOf(`q=${word}`)).length === 3);
      const first = await find(`q=${word}&limit=2`);
      expect(first.body).toMatchObject({ items: [{}, {}], total: 3 });
      const cursor = encodeURIComponent(String(first.body.next));
      const rest = await find(`q=${word}&limit=2&cursor=${cursor}`);
      expect(rest.body).toEqual({ items: [expect.objectContaining({ price })], total: 3 });
      expect((await find(`q=other&cursor=${cursor}`)).status).toBe(400);
      expect((await find(`q=${word}&maxPrice=1`)).status).toBe(400);
    }, 60_000);
  });
};
