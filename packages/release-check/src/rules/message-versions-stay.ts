import type { DeployRule } from './release.ts';
import { usersOf } from './release.ts';

/** A version of a message stays until nobody uses it, neither in what is deployed nor in what would be. */
export const messageVersionsStay: DeployRule = (before, after) =>
  before.messages.flatMap(({ kind, type, file }) => {
    if (after.messages.some((message) => message.type === type)) return [];
    const users = usersOf(type, before, after);
    if (users.length === 0) return [];
    return [
      {
        subject: type,
        what: `${kind} ${type} would be removed while it is used`,
        where: `${file}; used by ${users.join(', ')}`,
        why: 'stacks deploy one by one: some that use it still run when the other side has forgotten it',
        remedy: `bring ${file} back; deploy its users without it first, then remove it`,
      },
    ];
  });
