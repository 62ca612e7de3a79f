import { expect, it } from '@jest/globals';
import { registered, unique } from '../../../../../test/e2e/people.ts';
import type { System } from '../../../../../test/e2e/system.ts';
import { eventually } from '../../../../../test/support/eventually.ts';

export const cases = (system: () => System): void => {
  it('keeps a sample item for its user, who can change, read and list it', async () => {
    const { client } = await registered(system());
    const path = `/sample-items/${unique('item')}`;
    const added = await client('PUT', path, { body: { text: 'Good.' } });
    const tag = added.headers.get('etag') ?? '';
    expect([added.status, added.headers.get('location'), tag]).toEqual([201, path, expect.stringMatching(/^"1-/)]);

    const change = { body: { text: 'Better.' }, headers: { 'if-match': tag } };
    expect((await client('PUT', path, change)).status).toBe(200);
    expect((await client('PUT', path, { ...change, body: { text: 'Worse.' } })).status).toBe(412);
    expect((await client('GET', path)).body).toMatchObject({ text: 'Better.', version: 2 });
    expect((await client('GET', '/sample-items')).body).toMatchObject({ items: [{ text: 'Better.', version: 2 }] });
  });

  it('shows a sample item to no other user', async () => {
    const [owner, other] = [await registered(system()), await registered(system())];
    const path = `/sample-items/${unique('item')}`;
    await owner.client('PUT', path, { body: { text: 'Good.' } });
    expect((await other.client('GET', path)).status).toBe(404);
    expect((await other.client('GET', '/sample-items')).body).toEqual({ items: [] });
  });

  it('refuses a text that breaks the contract', async () => {
    const { client } = await registered(system());
    expect((await client('PUT', '/sample-items/first', { body: { text: '' } })).status).toBe(422);
  });

  it('erases the sample items of a user who is erased', async () => {
    const { sub, client } = await registered(system());
    await client('PUT', '/sample-items/first', { body: { text: 'Good.' } });
    await client('DELETE', `/users/${sub}`);
    await eventually(
      'the sample item is erased',
      async () => (await client('GET', '/sample-items/first')).status === 404,
    );
  });
};
