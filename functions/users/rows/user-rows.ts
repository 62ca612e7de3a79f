import type { Effect } from '../../kernel/stores/aggregate.ts';
import type { StateAggregate } from '../../kernel/stores/state-store.ts';
import type { Key } from '../../kernel/stores/table.ts';
import type { Refusal } from '../../kernel/values/errors.ts';
import type { User, UserCommand, UserEvent } from '../domain/user.ts';
import { userDecider } from '../domain/user-decider.ts';

const emailTaken: Refusal = {
  outcome: 'conflict',
  code: 'email-taken',
  detail: 'Another user has this e-mail address.',
  fields: [{ pointer: '#/email', detail: 'is taken' }],
};

export const userKey = (id: string): Key => ({ pk: `USER#${id}`, sk: 'PROFILE' });

/** A uniqueness rule is a claim item: an index could not refuse the second of two concurrent writers. */
const claimKey = (email: string): Key => ({ pk: `EMAIL#${email}`, sk: 'CLAIM' });

export const userAggregate: StateAggregate<UserCommand, UserEvent, User> = {
  decider: userDecider,
  keyOf: userKey,
  toAttributes: (user) => ({ ...user }),
  fromItem: (item) =>
    item.kind === 'active'
      ? { kind: 'active', id: String(item.id), email: String(item.email), name: String(item.name) }
      : { kind: 'erased', id: String(item.id) },
};

const emailOf = (user: User): string | undefined => (user.kind === 'active' ? user.email : undefined);

/** Moves the claim on the e-mail address along with the user. */
export const claimEffects = (before: User, after: User): readonly Effect[] => {
  const [old, held] = [emailOf(before), emailOf(after)];
  if (old === held) return [];
  const claim: Effect[] =
    held === undefined || after.kind === 'unknown'
      ? []
      : [{ write: { kind: 'insert', item: { ...claimKey(held), userId: after.id } }, whenRefused: emailTaken }];
  const release: Effect[] =
    old === undefined ? [] : [{ write: { kind: 'delete', key: claimKey(old) }, whenRefused: 'retry' }];
  return [...claim, ...release];
};
