import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createDueQueue, type Due } from '../../src/core/agenda/due-queue.ts';

it('gives back what it was given by due time, then by insertion, whatever the order it came in', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat({ max: 20 }), fc.constant('pop' as const))), (steps) => {
      const queue = createDueQueue();
      let model: Due[] = [];
      steps.forEach((step, id) => {
        if (step === 'pop') {
          model = model.sort((a, b) => a.dueAtMs - b.dueAtMs || a.id - b.id);
          expect(queue.peek()).toEqual(model[0]);
          expect(queue.pop()).toEqual(model.shift());
        } else {
          queue.push({ id, dueAtMs: step });
          model.push({ id, dueAtMs: step });
        }
      });
    }),
  );
});
