import type { Decider } from '../../kernel/stores/decider.ts';
import { never } from '../../kernel/values/never.ts';
import { decide } from './decide.ts';
import type { User, UserCommand, UserEvent } from './user.ts';

const initialState: User = { kind: 'unknown' };

const evolve = (user: User, event: UserEvent): User => {
  switch (event.kind) {
    case 'registered':
      return { kind: 'active', id: event.id, email: event.email, name: event.name };
    case 'profileChanged':
      return user.kind === 'active' ? { ...user, email: event.email, name: event.name } : user;
    case 'erased':
      return user.kind === 'active' ? { kind: 'erased', id: user.id } : user;
    default:
      return never(event);
  }
};

export const userDecider: Decider<UserCommand, UserEvent, User> = { initialState, decide, evolve };
