import { describe, expect, it } from '@jest/globals';
import type { UserEvent } from '../../../functions/users/domain/user.ts';
import { normaliseEmail, userDecider } from '../../../functions/users/domain/user-decider.ts';
import { specificationOf } from '../../support/decider-specification.ts';

const given = specificationOf(userDecider);
const registered: UserEvent = { type: 'UserRegistered', id: 'ada', email: 'ada@example.com', name: 'Ada' };
const erased: UserEvent = { type: 'UserErased' };

describe('a user', () => {
  it('is registered with a normalised address', () => {
    given().when({ type: 'RegisterUser', id: 'ada', email: ' Ada@Example.COM', name: 'Ada' }).then(registered);
  });

  it('is registered as it is already without a change: the first answer may have been lost', () => {
    given(registered).when({ type: 'RegisterUser', id: 'ada', email: 'ADA@example.com ', name: 'Ada' }).then();
    given(registered, erased)
      .when({ type: 'RegisterUser', id: 'ada', email: 'ada@example.com', name: 'Ada' })
      .thenRefused({
        outcome: 'conflict',
        code: 'subject-taken',
        detail: 'This subject is registered already.',
      });
  });

  it('cannot be registered twice with other data, nor again after having been erased', () => {
    const again = { type: 'RegisterUser', id: 'ada', email: 'b@example.com', name: 'B' } as const;
    const detail = 'This subject is registered already.';
    given(registered).when(again).thenRefused({ outcome: 'conflict', code: 'subject-taken', detail });
    given(registered, erased).when(again).thenRefused({ outcome: 'conflict', code: 'subject-taken', detail });
  });

  it('changes the parts that are given and keeps the others', () => {
    given(registered)
      .when({ type: 'ChangeUserProfile', name: 'Ada L.' })
      .then({ type: 'UserProfileChanged', email: 'ada@example.com', name: 'Ada L.' });
  });

  it('changes the address alone, and then has the new one', () => {
    given(registered)
      .when({ type: 'ChangeUserProfile', email: 'New@example.com' })
      .then({ type: 'UserProfileChanged', email: 'new@example.com', name: 'Ada' });
    given(registered, { type: 'UserProfileChanged', email: 'new@example.com', name: 'Ada L.' }).thenState({
      kind: 'active',
      id: 'ada',
      email: 'new@example.com',
      name: 'Ada L.',
    });
  });

  it('is erased once it is asked', () => {
    given(registered).when({ type: 'EraseUser' }).then(erased);
  });

  it('is not brought back by what comes after its erasure, nor made by what comes before its registration', () => {
    const changed: UserEvent = { type: 'UserProfileChanged', email: 'new@example.com', name: 'New' };
    given(registered, erased, changed).thenState({ kind: 'erased', id: 'ada' });
    given(changed).thenState({ kind: 'unknown' });
    given(erased).thenState({ kind: 'unknown' });
  });

  it('publishes nothing when nothing changes', () => {
    given(registered).when({ type: 'ChangeUserProfile', email: 'ADA@example.com' }).then();
  });

  it('holds no personal data once erased', () => {
    given(registered, erased).thenState({ kind: 'erased', id: 'ada' });
  });

  it.each([
    ['unknown', []],
    ['erased', [registered, erased]],
  ])('that is %s is not there to be changed or erased', (_name, events) => {
    given(...events)
      .when({ type: 'ChangeUserProfile', name: 'X' })
      .thenRefused({ outcome: 'not_found', detail: 'There is no such user.' });
    given(...events)
      .when({ type: 'EraseUser' })
      .thenRefused({ outcome: 'not_found', detail: 'There is no such user.' });
  });
});

it('counts addresses as the same that differ by case, space or Unicode composition', () => {
  expect(normaliseEmail(' JOSÉ@example.com ')).toBe(normaliseEmail('jose\u0301@EXAMPLE.com'));
});

it('stops at a command or an event that only later code knows', () => {
  const later = JSON.parse('{ "type": "OfLaterCode" }');
  expect(() => userDecider.decide(later, userDecider.initialState)).toThrow('unhandled case: OfLaterCode');
  expect(() => userDecider.evolve(userDecider.initialState, later)).toThrow('unhandled case: OfLaterCode');
});
