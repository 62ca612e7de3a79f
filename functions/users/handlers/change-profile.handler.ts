import { httpHandler } from '../../edge/http/handler.ts';
import { notFound, Refused } from '../../kernel/values/errors.ts';
import { etag } from '../../kernel/values/etag.ts';
import { usersApi } from '../api.contract.ts';
import { decideUser } from '../commands/decide-user.ts';
import { userView } from '../views/user-view.ts';
import { runtime, wireUsers } from '../wiring.ts';

const users = wireUsers();

export const handler = httpHandler(
  usersApi,
  'change-profile',
  async ({ params, body, principal, precondition, cause }) => {
    if (principal.sub !== params.id) throw new Refused(notFound('user'));
    const change = { type: 'ChangeUserProfile', ...body } as const;
    const { user, version } = await decideUser(users, params.id, change, { cause, precondition });
    return { status: 200, body: userView(user, version), headers: { etag: etag(version) } };
  },
  runtime,
);
