import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { publishedContracts } from './contracts.ts';
import { EVENT_CATALOG, renderEventCatalog } from './event-catalog.ts';
import { fieldRows } from './field-rows.ts';

describe('docs/events.md', () => {
  it('is up to date', async () => {
    expect(readFileSync(EVENT_CATALOG, 'utf8')).toBe(await renderEventCatalog());
  });

  it('describes every contract file', async () => {
    const text = readFileSync(EVENT_CATALOG, 'utf8');
    const contracts = await publishedContracts();
    expect(contracts.length).toBeGreaterThan(0);
    for (const { contract, file } of contracts) {
      expect(text).toContain(`### ${contract.type}\n`);
      expect(text).toContain(`(../events/contracts/${file})`);
    }
  });

  it('is linked from places that exist', () => {
    const links = [...readFileSync(EVENT_CATALOG, 'utf8').matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(
      ([, path]) => path ?? '',
    );
    expect(links.filter((path) => !existsSync(path))).toEqual([]);
  });
});

describe('the fields of a schema', () => {
  it('are named by path, with what limits them', () => {
    const amount = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
    const line = { type: 'object', properties: { price: { type: 'object', properties: { amount }, required: [] } } };
    const schema = {
      type: 'object',
      properties: {
        lines: { type: 'array', items: line, maxItems: 50 },
        skus: { type: 'array', items: { enum: ['a'] } },
      },
      required: ['lines'],
    };
    expect(fieldRows(schema)).toEqual([
      '| `lines` | array | at most 50 items |',
      '| `lines[].price` | object | optional |',
      '| `lines[].price.amount` | integer | optional; from 0 |',
      '| `skus` | array | optional |',
      '| `skus[]` | any | `a` |',
    ]);
  });
});
