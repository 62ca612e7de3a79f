import type { ApiContract } from '../../../functions/kernel/messages/contract.ts';

/** What the `$default` route must know to tell an unknown path from an unknown method: every route, unversioned. */
export const routeTable = (apis: readonly ApiContract[]): readonly { method: string; path: string }[] =>
  apis.flatMap(({ routes }) => Object.values(routes).map(({ method, path }) => ({ method, path })));
