import { accept, type Decider, type Decision, refuse } from '../../kernel/stores/decider.ts';
import { notFound } from '../../kernel/values/errors.ts';
import { never } from '../../kernel/values/never.ts';
import type { User, UserCommand, UserEvent } from './user.ts';

/**
 * The form by which two addresses count as the same: NFC, trimmed, lower case. The local part is case-sensitive by
 * RFC 5321 §2.4, but no large provider treats it so, and two accounts that differ by case alone are a trap.
 */
export const normaliseEmail = (email: string): string => email.normalize('NFC').trim().toLowerCase();

const initialState: User = { kind: 'unknown' };

/** What a user is already is accepted again: its sender may not have received the first answer. */
const register = (
  { id, email: given, name }: Extract<UserCommand, { type: 'RegisterUser' }>,
  user: User,
): Decision<UserEvent> => {
  const email = normaliseEmail(given);
  if (user.kind === 'unknown') return accept({ type: 'UserRegistered', id, email, name });
  if (user.kind === 'active' && user.email === email && user.name === name) return accept();
  return refuse({ outcome: 'conflict', code: 'subject-taken', detail: 'This subject is registered already.' });
};

const changeProfile = (
  command: Extract<UserCommand, { type: 'ChangeUserProfile' }>,
  user: User,
): Decision<UserEvent> => {
  if (user.kind !== 'active') return refuse(notFound('user'));
  const email = command.email === undefined ? user.email : normaliseEmail(command.email);
  const name = command.name ?? user.name;
  return email === user.email && name === user.name ? accept() : accept({ type: 'UserProfileChanged', email, name });
};

const decide = (command: UserCommand, user: User): Decision<UserEvent> => {
  switch (command.type) {
    case 'RegisterUser':
      return register(command, user);
    case 'ChangeUserProfile':
      return changeProfile(command, user);
    case 'EraseUser':
      return user.kind === 'active' ? accept({ type: 'UserErased' }) : refuse(notFound('user'));
    default:
      return never(command);
  }
};

const evolve = (user: User, event: UserEvent): User => {
  switch (event.type) {
    case 'UserRegistered':
      return { kind: 'active', id: event.id, email: event.email, name: event.name };
    case 'UserProfileChanged':
      return user.kind === 'active' ? { ...user, email: event.email, name: event.name } : user;
    case 'UserErased':
      return user.kind === 'active' ? { kind: 'erased', id: user.id } : user;
    default:
      return never(event);
  }
};

export const userDecider: Decider<UserCommand, UserEvent, User> = { initialState, decide, evolve };
