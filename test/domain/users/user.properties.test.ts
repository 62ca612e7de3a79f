import { describe, expect, it } from '@jest/globals';
import type { User, UserCommand } from '../../../functions/users/domain/user.ts';
import { normaliseEmail, userDecider } from '../../../functions/users/domain/user-decider.ts';
import { userAggregate } from '../../../functions/users/rows/user-rows.ts';
import { itKeepsItsLaws } from '../../support/decider-properties.ts';
import { fc } from '../../support/properties.ts';

const emails = fc.oneof(fc.constantFrom('ada@example.com', ' ADA@example.com', 'José@example.com'), fc.emailAddress());
const names = fc.constantFrom('Ada', 'Ada L.');

const commands: fc.Arbitrary<UserCommand> = fc.oneof(
  fc.record({ type: fc.constant('RegisterUser' as const), id: fc.constant('ada'), email: emails, name: names }),
  fc.record({
    type: fc.constant('ChangeUserProfile' as const),
    email: fc.option(emails, { nil: undefined }),
    name: fc.option(names, { nil: undefined }),
  }),
  fc.constant<UserCommand>({ type: 'EraseUser' }),
);

const RANKS: Readonly<Record<User['kind'], number>> = { unknown: 0, active: 1, erased: 2 };

describe('a user, whatever is asked', () => {
  itKeepsItsLaws(userDecider, {
    commands,
    isLegal: (user) =>
      user.kind === 'active'
        ? user.email === normaliseEmail(user.email)
        : user.kind === 'unknown' || Object.keys(user).sort().join() === 'id,kind',
    isFinal: ({ kind }) => kind === 'erased',
    progress: ({ kind }) => [RANKS[kind]],
    stored: (user) =>
      user.kind === 'unknown' ? user : userAggregate.fromItem({ pk: '', sk: '', ...userAggregate.toAttributes(user) }),
  });

  it('has one form of an address, however often it is brought into it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(normaliseEmail(normaliseEmail(text))).toBe(normaliseEmail(text));
      }),
    );
  });
});
