import { dirname } from 'node:path';
import { readContractShapes } from '@archipelago/release-check';
import { expect, it } from '@jest/globals';

/** What a POST that takes no Idempotency-Key relies on instead, when its reply is lost and it is sent again. */
const REPEATABLE_WITHOUT_KEY = {
  'POST /orders/{id}/cancel': 'If-Match names the version that is cancelled, and a cancelled order stays cancelled',
  'POST /users': 'a subject is registered once: a second request is told so and changes nothing',
};

it('every POST has one effect when it is sent twice: by its Idempotency-Key, or for the reason given here', async () => {
  const { routes } = await readContractShapes(dirname(dirname(import.meta.dirname)));
  const without = routes
    .filter(({ key, requiredHeaders }) => key.startsWith('POST ') && !requiredHeaders.includes('Idempotency-Key'))
    .map(({ key }) => key);
  expect(without.toSorted()).toEqual(Object.keys(REPEATABLE_WITHOUT_KEY).toSorted());
});
