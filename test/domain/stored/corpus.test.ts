import { describe, expect, it } from '@jest/globals';
import type { StoredEvents } from '../../../functions/kernel/stores/stored-events.ts';
import { orderEvents } from '../../../functions/orders/rows/order-events.ts';
import { corpusFiles, readSums, readVersion, sumOf } from './corpus.ts';

/** Every kind of aggregate that is stored as events. */
const stored: readonly Pick<StoredEvents<{ readonly type: string }>, 'aggregate' | 'versions' | 'eventOf'>[] = [
  orderEvents,
];

const EVENT_FILE = /^(\w+)\/(\w+)\.v(\d+)\.json$/;

describe('what releases have stored', () => {
  it('stays as it is: a file is only ever added, with its sum in events/stored/sums.json', async () => {
    const sums: Record<string, string> = {};
    for (const path of await corpusFiles()) sums[path] = await sumOf(path);
    expect(sums).toEqual(await readSums());
  });
});

describe.each(stored)('events of an aggregate: $aggregate', ({ aggregate, versions, eventOf }) => {
  const names = Object.entries(versions).flatMap(([type, { reads }]) =>
    Array.from({ length: reads }, (_, index) => `${type}.v${index + 1}`),
  );

  it('have a file for every version, and no file is of a version that is not read', async () => {
    const found = (await corpusFiles(aggregate)).flatMap((path) => {
      const [, , type, version] = EVENT_FILE.exec(path) ?? [];
      return type === undefined ? [] : [`${type}.v${version}`];
    });
    expect(found).toEqual(names.toSorted());
  });

  it.each(names)('are read in every form that was stored: %s', async (name) => {
    const { examples } = await readVersion(aggregate, name);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect(example.schema ?? `${String(example.type)}.v1`).toBe(name);
      expect(eventOf(example)).toMatchObject({ type: example.type });
    }
  });

  it.each(Object.entries(versions))('get a new version with a new shape: %s', async (type, { reads, shape }) => {
    expect((await readVersion(aggregate, `${type}.v${reads}`)).shape).toBe(shape);
  });
});

describe('an order', () => {
  it.each(
    Object.entries(orderEvents.versions)
      .filter(([, { writes }]) => writes > 0)
      .map(([type, { writes }]) => `${type}.v${writes}`),
  )('is stored today as the corpus has it: %s', async (name) => {
    const { examples } = await readVersion('order', name);
    const written = examples.flatMap((example) => {
      const event = orderEvents.eventOf(example);
      return event === undefined ? [] : [orderEvents.toStored(event)];
    });
    // A payment token is stored no longer.
    const kept = examples.map((example) => ({ ...example, ...(example.paymentToken && { paymentToken: '' }) }));
    expect(written).toEqual(kept.map((example) => ({ ...example, schema: name })));
  });
});
