import { httpHandler } from '../../edge/http/handler.ts';
import { notFound, Refused } from '../../kernel/values/errors.ts';
import { usersApi } from '../api.contract.ts';
import { decideUser } from '../commands/decide-user.ts';
import { runtime, wireUsers } from '../wiring.ts';

const users = wireUsers();

export const handler = httpHandler(
  usersApi,
  'erase-user',
  async ({ params, principal, precondition, cause }) => {
    if (principal.sub !== params.id) throw new Refused(notFound('user'));
    await decideUser(users, params.id, { type: 'EraseUser' }, { cause, precondition });
    return { status: 204 };
  },
  runtime,
);
