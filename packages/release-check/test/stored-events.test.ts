import { describe, expect, it } from '@jest/globals';
import type { DeployRule, StoredKind } from '../src/rules/release.ts';
import { storedEventsHaveReaders } from '../src/rules/stored-events-have-readers.ts';
import { storedEventsStayReadable, storedExamplesStay } from '../src/rules/stored-events-stay-readable.ts';
import { releaseOf, TODAY } from './releases.ts';

const moored: StoredKind = {
  file: 'functions/boats/rows/boat-events.ts',
  aggregate: 'boat',
  type: 'BoatMoored',
  reads: 1,
  writes: 1,
  shape: '{pier: text}',
  ignorable: false,
};

const sunk: StoredKind = { ...moored, type: 'BoatSunk' };

const refusals = (rule: DeployRule, before: readonly StoredKind[], after: readonly StoredKind[]) =>
  rule(releaseOf({ storedKinds: before }), releaseOf({ storedKinds: after }), TODAY).map(
    ({ subject, what, remedy }) => `${subject}: ${what}; ${remedy}`,
  );

describe('a stored event', () => {
  it.each<[string, StoredKind[], StoredKind[], RegExp]>([
    ['a new type', [moored], [moored, sunk], /^boat\/BoatSunk\.v1: .* set writes to 0 here, and to 1 in/],
    ['a new version', [moored], [{ ...moored, reads: 2, writes: 2 }], /^boat\/BoatMoored\.v2: .* set writes to 1 here/],
    ['a second version where none were declared', [], [{ ...moored, reads: 2, writes: 2 }], /^boat\/BoatMoored\.v2/],
  ])('is not stored by the release that first reads it: %s', (_what, before, after, says) => {
    expect(refusals(storedEventsHaveReaders, before, after)).toEqual([expect.stringMatching(says)]);
  });

  it.each<[string, StoredKind[], StoredKind[]]>([
    ['a new type that is read only', [moored], [moored, { ...sunk, writes: 0 }]],
    ['a new version that is read only', [moored], [{ ...moored, reads: 2 }]],
    ['what the release before reads', [{ ...moored, reads: 2 }], [{ ...moored, reads: 2, writes: 2 }]],
    ['a new type that old code leaves out', [moored], [moored, { ...sunk, ignorable: true }]],
    ['the first version where none were declared', [], [moored, sunk]],
  ])('may come: %s', (_what, before, after) => {
    expect(refusals(storedEventsHaveReaders, before, after)).toEqual([]);
    expect(refusals(storedEventsStayReadable, before, after)).toEqual([]);
  });

  it.each<[string, StoredKind[], StoredKind[], RegExp]>([
    ['a type that is gone', [moored, sunk], [moored], /^boat\/BoatSunk\.v1: .* would no longer be read/],
    ['a version that is gone', [{ ...moored, reads: 2 }], [moored], /^boat\/BoatMoored\.v2: .* no longer be read/],
    ['a new shape', [moored], [{ ...moored, shape: '{pier?: text}' }], /another shape .* make the new shape version 2/],
  ])('is read for ever: %s', (_what, before, after, says) => {
    expect(refusals(storedEventsStayReadable, before, after)).toEqual([expect.stringMatching(says)]);
  });

  it('keeps its examples as they were', () => {
    const rule = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) =>
      storedExamplesStay(releaseOf({ storedExamples: before }), releaseOf({ storedExamples: after }), TODAY).map(
        ({ what }) => what,
      );
    expect(rule({ a: '1', b: '2' }, { a: '1', b: '3', c: '4' })).toEqual(['b would be changed']);
    expect(rule({ a: '1', b: '2' }, { b: '2' })).toEqual(['a would be removed']);
  });
});
