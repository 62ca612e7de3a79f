import { accept, type Decision, refuse } from '../../kernel/stores/decider.ts';
import { notFound } from '../../kernel/values/errors.ts';
import { never } from '../../kernel/values/never.ts';
import { normaliseEmail } from './email.ts';
import type { User, UserCommand, UserEvent } from './user.ts';

const register = (command: Extract<UserCommand, { kind: 'register' }>, user: User): Decision<UserEvent> =>
  user.kind === 'unknown'
    ? accept({ kind: 'registered', id: command.id, email: normaliseEmail(command.email), name: command.name })
    : refuse({ outcome: 'conflict', code: 'subject-taken', detail: 'This subject is registered already.' });

const changeProfile = (command: Extract<UserCommand, { kind: 'changeProfile' }>, user: User): Decision<UserEvent> => {
  if (user.kind !== 'active') return refuse(notFound('user'));
  const email = command.email === undefined ? user.email : normaliseEmail(command.email);
  const name = command.name ?? user.name;
  return email === user.email && name === user.name ? accept() : accept({ kind: 'profileChanged', email, name });
};

export const decide = (command: UserCommand, user: User): Decision<UserEvent> => {
  switch (command.kind) {
    case 'register':
      return register(command, user);
    case 'changeProfile':
      return changeProfile(command, user);
    case 'erase':
      return user.kind === 'active' ? accept({ kind: 'erased' }) : refuse(notFound('user'));
    default:
      return never(command);
  }
};
