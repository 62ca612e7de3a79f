import { describe, expect, it } from '@jest/globals';
import { allows, type Precondition } from '../../../../functions/kernel/values/precondition.ts';

describe('a precondition', () => {
  it.each<[Precondition, number[], number[]]>([
    [{}, [0, 1, 2], []],
    [{ oneOf: [1, 2] }, [1, 2], [0, 3]],
    [{ oneOf: [] }, [], [0, 1]],
    [{ oneOf: '*' }, [1, 9], [0]],
    [{ noneOf: [1] }, [0, 2], [1]],
    [{ noneOf: '*' }, [0], [1, 9]],
    [{ oneOf: [1, 2], noneOf: [2] }, [1], [0, 2, 3]],
  ])('%j allows the versions %j and no others', (precondition, allowed, refused) => {
    expect(allowed.filter((version) => !allows(precondition, version))).toEqual([]);
    expect(refused.filter((version) => allows(precondition, version))).toEqual([]);
  });
});
