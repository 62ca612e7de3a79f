import { httpHandler } from '../../edge/http/handler.ts';
import { etag } from '../../kernel/values/etag.ts';
import { usersApi } from '../api.contract.ts';
import { decideUser } from '../commands/decide-user.ts';
import { userView } from '../views/user-view.ts';
import { runtime, wireUsers } from '../wiring.ts';

const users = wireUsers();

export const handler = httpHandler(
  usersApi,
  'register-user',
  async ({ body, principal, cause }) => {
    const id = principal.sub;
    const { user, version } = await decideUser(users, id, { type: 'RegisterUser', id, ...body }, { cause });
    return {
      status: 201,
      body: userView(user, version),
      headers: { location: `/users/${id}`, etag: etag(version) },
    };
  },
  runtime,
);
