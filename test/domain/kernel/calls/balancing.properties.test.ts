import { describe, expect, it } from '@jest/globals';
import { pickOfTwo } from '../../../../functions/kernel/calls/balancing.ts';
import { fc } from '../../../support/properties.ts';

describe('power of two choices', () => {
  it('never picks the most loaded of three or more', () => {
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(), { minLength: 2, maxLength: 9 }),
        fc.infiniteStream(chance),
        (loads, stream) => {
          const picked = pickOfTwo(
            loads,
            (load) => load,
            () => stream.next().value,
          );
          expect(loads).toContain(picked);
          expect(picked).not.toBe(Math.max(...loads));
        },
      ),
    );
  });

  it('picks the only one there is, and none of none', () => {
    expect(
      pickOfTwo(
        ['a'],
        () => 9,
        () => 0.9,
      ),
    ).toBe('a');
    expect(
      pickOfTwo(
        [],
        () => 9,
        () => 0.9,
      ),
    ).toBeUndefined();
  });
});
