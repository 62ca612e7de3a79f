import { userErasedV1 } from '../../../events/contracts/users/user-erased.v1.ts';
import { userProfileChangedV1 } from '../../../events/contracts/users/user-profile-changed.v1.ts';
import { userRegisteredV1 } from '../../../events/contracts/users/user-registered.v1.ts';
import type { Cause, Message } from '../../kernel/messages/message.ts';
import { type RecordingTools, record } from '../../kernel/messages/recording.ts';
import { never } from '../../kernel/values/never.ts';
import type { User, UserEvent } from '../domain/user.ts';

type Field = 'email' | 'name';

const changedFields = (before: User, after: User): Field[] =>
  before.kind === 'active' && after.kind === 'active'
    ? (['email', 'name'] as const).filter((field) => before[field] !== after[field])
    : [];

/** What is published of a change: ids and field names, never personal data. */
export const userMessage =
  (id: string, cause: Cause, tools: RecordingTools) =>
  (event: UserEvent, before: User, after: User, version: number): Message => {
    const about = { aggregate: `user/${id}`, version };
    switch (event.type) {
      case 'UserRegistered':
        return record(userRegisteredV1, { ...about, data: { userId: id } }, cause, tools);
      case 'UserProfileChanged':
        return record(
          userProfileChangedV1,
          { ...about, data: { userId: id, changed: changedFields(before, after) } },
          cause,
          tools,
        );
      case 'UserErased':
        return record(userErasedV1, { ...about, data: { userId: id } }, cause, tools);
      default:
        return never(event);
    }
  };
