import { expect, it } from '@jest/globals';
import { synthesize } from '../support/synthesized.ts';
import { answer, type Fault } from './faults.ts';
import { judge } from './oracle.ts';
import { play } from './play.ts';
import type { Scenario, Stage } from './stage.ts';
import { storyOf } from './story.ts';

/** The lists stay as they are for so long, also when faults have gone off. */
const listsBehind = ({ simulation: { world } }: Stage, forMs: number): Fault => {
  const untilMs = world.clock.now() + forMs;
  return {
    name: 'lists behind',
    lasting: true,
    intercept: ({ functionName }) =>
      functionName.endsWith('-project-orders') && world.clock.now() < untilMs
        ? { when: 'before', what: answer(500, 'InternalServerError') }
        : undefined,
  };
};

/** Its list is still behind when the customer looks. */
const answerLost = (behindMs: number): Scenario => ({
  name: 'answer-lost',
  about: 'a customer loses the answer to an order and does not ask again',
  play: async (stage) => {
    await stage.sell('pen', 10);
    stage.faults.begin([listsBehind(stage, behindMs)]);
    const [ada] = stage.customers;
    const body = { items: [{ sku: 'pen', quantity: 1 }], paymentToken: 'tok_ok' };
    await ada?.send({ method: 'POST', path: '/orders', body, key: 'the-only-order' });
    const found = await ada?.find();
    stage.expect(async () => [{ subject: 'the list', expected: '0', seen: String(found?.length) }]);
  },
});

it.each([0, 25_000])(
  'an order that no list showed while the scenario was played is judged as others are: lists behind for %d ms more',
  async (behindMs) => {
    const played = await play({ assemblyFolder: await synthesize('dev'), scenario: answerLost(behindMs), seed: 1 });
    expect(played.violations.length === 0 ? [] : storyOf(played)).toEqual([]);
    expect(played.history.orders.map(({ owner, status }) => [owner, status])).toEqual([['ada', 'CONFIRMED']]);
  },
  120_000,
);

it('the story of an order that no client knows has its request and its messages', async () => {
  const played = await play({ assemblyFolder: await synthesize('dev'), scenario: answerLost(0), seed: 1 });
  const history = { ...played.history, orders: [] };
  const story = storyOf({ ...played, history, violations: judge(history) });
  expect(story).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/ada: POST \/orders answered 202$/),
      expect.stringMatching(/message OrderPlaced\.v1$/),
    ]),
  );
}, 120_000);
