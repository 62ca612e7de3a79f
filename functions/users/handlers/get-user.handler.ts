import { httpHandler } from '../../edge/http/handler.ts';
import { notFound, Refused } from '../../kernel/values/errors.ts';
import { etag } from '../../kernel/values/etag.ts';
import { usersApi } from '../api.contract.ts';
import { readUser } from '../views/user-view.ts';
import { runtime, wireUsers } from '../wiring.ts';

const users = wireUsers();

export const handler = httpHandler(
  usersApi,
  'get-user',
  async ({ params, principal }) => {
    const isVisible = principal.isAdmin || principal.sub === params.id;
    const user = isVisible ? await readUser(users.table, params.id) : undefined;
    if (!user) throw new Refused(notFound('user'));
    return { status: 200, body: user, headers: { etag: etag(user.version) } };
  },
  runtime,
);
