import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { invokeEvents } from '../../bin/services/invoke-events.ts';
import { containerNamesOf, namesOf, type ServiceNames } from '../../bin/services/names.ts';
import { requireFree } from '../../bin/services/taken.ts';
import { CONTAINER_TEMPLATE, FUNCTIONS_TEMPLATE, serviceFiles } from '../../bin/services/template.ts';
import { importsOf } from '../rooms/imports.ts';

const root = dirname(dirname(import.meta.dirname));

describe.each([
  ['reviews', FUNCTIONS_TEMPLATE, namesOf('reviews')],
  ['gift-cards', FUNCTIONS_TEMPLATE, namesOf('gift-cards')],
  ['pricing', CONTAINER_TEMPLATE, containerNamesOf('pricing')],
  ['delivery-times', CONTAINER_TEMPLATE, containerNamesOf('delivery-times')],
])('a service that is made: %s from %s', (_service, template, names) => {
  let files: ReadonlyMap<string, string>;
  beforeAll(async () => {
    files = await serviceFiles(root, names, template);
  });

  it('bears its own name everywhere', () => {
    expect(files.size).toBeGreaterThan(20);
    expect([...files].filter(([path, text]) => /sample|templates/i.test(path + text))).toEqual([]);
    expect([...files.keys()].filter((path) => path.endsWith('_pb.ts'))).toEqual([]);
  });

  it('imports only what is there', () => {
    const imports = [...files].flatMap(([path, text]) => importsOf(path, text));
    // Code of gRPC is generated from the contract that is there.
    const isMade = (to: string) => files.has(to.replace(/_pb\.ts$/, '.proto'));
    const missing = imports.filter(({ to }) => /^(bin|lib|functions|events|test)\//.test(to) && !isMade(to));
    expect(missing.filter(({ to }) => !existsSync(join(root, to)))).toEqual([]);
    expect(imports.filter(({ to }) => to.startsWith('.'))).toEqual([]);
  });
});

describe('the events to invoke its functions with', () => {
  it('follow from the examples of its contracts', async () => {
    const events = await invokeEvents(join(root, FUNCTIONS_TEMPLATE), 'sample-items');
    const eventOf = (name: string) => JSON.parse(events.get(`events/invoke/sample-items/${name}.json`) ?? '');
    expect(events.size).toBe(6);
    expect(eventOf('save-sample-item')).toMatchObject({
      routeKey: 'PUT /sample-items/{id}',
      rawPath: '/api/sample-items/first',
      pathParameters: { id: 'first' },
      body: '{"text":"As good as it looks."}',
    });
    expect(eventOf('list-sample-items')).toMatchObject({
      queryStringParameters: { limit: '10' },
      rawQueryString: 'limit=10',
    });
    expect(eventOf('forget-user').detail.data).toEqual({ userId: 'grace' });
    expect(eventOf('relay').Records[0].dynamodb.NewImage.message.M.type).toEqual({ S: 'SampleItemSaved.v1' });
  });

  it('have the shape of those that are there', async () => {
    const events = await invokeEvents(join(root, FUNCTIONS_TEMPLATE), 'sample-items');
    const ofContainer = await invokeEvents(join(root, CONTAINER_TEMPLATE), 'sample-items');
    const namesIn = (text = ''): readonly string[] => Object.keys(JSON.parse(text));
    const known = (path: string) => namesIn(readFileSync(join(root, 'events/invoke', path), 'utf8'));
    const made = (name: string) => namesIn(events.get(`events/invoke/sample-items/${name}.json`));
    expect(made('save-sample-item')).toEqual(known('catalog/put-product.json'));
    expect(made('list-sample-items')).toEqual(known('catalog/list-products.json'));
    expect(made('resend')).toEqual(known('users/resend.json'));
    expect(made('forget-user')).toEqual(known('notifications/notify.json'));
    const madeOfContainer = (name: string) => namesIn(ofContainer.get(`events/invoke/sample-items/${name}.json`));
    expect(madeOfContainer('list-entries')).toEqual(known('catalog/list-products.json'));
    expect(madeOfContainer('note-entry')).toEqual(known('search/note-changes.json'));
    expect(ofContainer.size).toBe(2);
  });
});

describe('a name', () => {
  const free = (names: ServiceNames, template = FUNCTIONS_TEMPLATE) =>
    requireFree(root, names, template).then(
      () => 'free',
      (error: Error) => error.message,
    );

  it.each([
    ['reviews', undefined, /^free$/],
    ['orders', undefined, /^'orders' is taken/],
    ['products', undefined, /another service has the route PUT \/products/],
    ['tables', undefined, /uses the word 'table' for something else/],
    ['people', 'command', /uses the word 'command' for something else/],
  ])('is free or says who has it: %s', async (service, singular, answer) => {
    expect(await free(namesOf(service, singular))).toMatch(answer);
  });

  it.each([
    ['pricing', /^free$/],
    ['search', /^'search' is taken: functions\/search/],
    ['entries', /uses the word 'entries' for something else/],
  ])('of a service in containers is free or says who has it: %s', async (service, answer) => {
    expect(await free(containerNamesOf(service), CONTAINER_TEMPLATE)).toMatch(answer);
  });
});
