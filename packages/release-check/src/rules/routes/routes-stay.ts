import type { DeployRule } from '../release.ts';
import { usersOf } from '../release.ts';

/** A route stays: most of its callers are outside, where nobody here can change them. */
export const routesStay: DeployRule = (before, after) =>
  before.routes.flatMap(({ key, file }) => {
    if (after.routes.some((route) => route.key === key)) return [];
    const users = usersOf(key, before, after);
    return [
      {
        subject: key,
        what: `route ${key} would be removed`,
        where: `${file}; called by ${users.join(', ') || 'nobody in this repository, but perhaps by others'}`,
        why: 'its callers would be answered 404 or 405',
        remedy: 'bring it back; a breaking change is a new major beside the old one',
      },
    ];
  });
