import { userErasedV1 } from '../../../events/contracts/users/user-erased.v1.ts';
import { userProfileChangedV1 } from '../../../events/contracts/users/user-profile-changed.v1.ts';
import { userRegisteredV1 } from '../../../events/contracts/users/user-registered.v1.ts';
import type { Cause } from '../../kernel/messages/message.ts';
import type { RecordingTools } from '../../kernel/messages/recording.ts';
import type { Change } from '../../kernel/stores/aggregate.ts';
import { type Departure, outgoing } from '../../kernel/stores/outbox.ts';
import { never } from '../../kernel/values/never.ts';
import type { User, UserEvent } from '../domain/user.ts';

type Field = 'email' | 'name';

const changedFields = (before: User, after: User): Field[] =>
  before.kind === 'active' && after.kind === 'active'
    ? (['email', 'name'] as const).filter((field) => before[field] !== after[field])
    : [];

/** What is published of a change: ids and field names, never personal data. */
export const userMessages = (
  id: string,
  { events, before, state, version }: Change<UserEvent, User>,
  cause: Cause,
  tools: RecordingTools,
): readonly Departure[] => {
  const about = { aggregate: `user/${id}`, version };
  return events.map((event) => {
    switch (event.type) {
      case 'UserRegistered':
        return outgoing(userRegisteredV1, { ...about, data: { userId: id } }, cause, tools);
      case 'UserProfileChanged': {
        const data = { userId: id, changed: changedFields(before, state) };
        return outgoing(userProfileChangedV1, { ...about, data }, cause, tools);
      }
      case 'UserErased':
        return outgoing(userErasedV1, { ...about, data: { userId: id } }, cause, tools);
      default:
        return never(event);
    }
  });
};
