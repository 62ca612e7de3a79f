import { beforeAll, describe, expect, it } from '@jest/globals';
import { CALM } from '../../src/simulation/disturbance.ts';
import type { Interception } from '../../src/simulation/interception.ts';
import { startSimulation } from '../../src/simulation/start-simulation.ts';
import { synthesizeGuestbook } from '../foreign-app/guestbook.ts';

let assemblyFolder = '';
beforeAll(() => {
  assemblyFolder = synthesizeGuestbook();
}, 30_000);

const REFUSED = {
  status: 400,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: Buffer.from(JSON.stringify({ __type: 'com.amazonaws#ValidationException', message: 'planned' })),
};

/** Writes an entry while the first write to the database meets a fault; then reads it. */
const writeUnder = async (fault: Interception) => {
  let met = 0;
  let answered = 0;
  const simulation = await startSimulation({
    assemblyFolder,
    seed: 1,
    disturbance: CALM,
    interceptor: {
      intercept: ({ request }) =>
        request.headers['x-amz-target'] === 'DynamoDB_20120810.PutItem' && ++met === 1 ? fault : undefined,
      onAnswer: ({ request }) => {
        if (request.headers['x-amz-target'] === 'DynamoDB_20120810.PutItem') answered += 1;
      },
    },
  });
  try {
    const entry = JSON.stringify({ id: 'a', text: 'hello' });
    const { status } = await simulation.request({ method: 'POST', url: '/entries', body: entry });
    const read = await simulation.request({ method: 'GET', url: '/entries/a' });
    return { status, met, answered, read: read.status };
  } finally {
    await simulation.stop();
  }
};

describe('a call that a simulation intercepts', () => {
  it('does not take effect when it was met before it did', async () => {
    expect(await writeUnder({ when: 'before', what: REFUSED })).toEqual({
      status: 500,
      met: 1,
      answered: 0,
      read: 404,
    });
    expect(await writeUnder({ when: 'before', what: 'kill' })).toEqual({ status: 500, met: 1, answered: 0, read: 404 });
  }, 60_000);

  it('has taken effect when it was met after it did', async () => {
    expect(await writeUnder({ when: 'after', what: REFUSED })).toEqual({ status: 500, met: 1, answered: 1, read: 200 });
    expect(await writeUnder({ when: 'after', what: 'kill' })).toEqual({ status: 500, met: 1, answered: 1, read: 200 });
  }, 60_000);

  it('is never answered when silence is all there is, so that the function runs out of time', async () => {
    expect(await writeUnder({ when: 'before', what: 'silence' })).toEqual({
      status: 500,
      met: 1,
      answered: 0,
      read: 404,
    });
    expect(await writeUnder({ when: 'after', what: 'silence' })).toEqual({
      status: 500,
      met: 1,
      answered: 1,
      read: 200,
    });
  }, 60_000);
});
