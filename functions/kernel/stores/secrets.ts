import { epochSeconds } from '../ports/clock.ts';
import { Secret } from '../values/secret.ts';
import { isExpired, type Key, type Table, type Write } from './table.ts';

/** Rows of partitions that begin so lie in a table of their own: one without a stream and without backups. */
export const SECRETS = 'SECRET#';

export const isOfSecrets = ({ pk }: Key): boolean => pk.startsWith(SECRETS);

const keyOf = (id: string): Key => ({ pk: `${SECRETS}${id}`, sk: 'SECRET' });

/** The version of a row that still holds its secret. */
const KEPT = 1;

/** In the commit of what needs the secret. */
export const keepSecret = (id: string, secret: Secret, untilMs: number): Write => ({
  kind: 'insert',
  item: { ...keyOf(id), kind: 'secret', version: KEPT, secret: secret.reveal(), expiresAt: epochSeconds(untilMs) },
});

/**
 * Leaves an empty row that expires at once: a role that may put it needs no permission to delete. Refused when the secret is
 * forgotten already, so that a replayed message writes nothing.
 */
export const forgetSecret = (id: string, nowMs: number): Write => ({
  kind: 'put',
  item: { ...keyOf(id), kind: 'secret', expiresAt: epochSeconds(nowMs) },
  expectedVersion: KEPT,
});

/** Undefined when it was never kept, is forgotten, or has expired. */
export const readSecret = async (table: Pick<Table, 'get'>, id: string, nowMs: number): Promise<Secret | undefined> => {
  const row = await table.get(keyOf(id), { consistent: true });
  if (row === undefined || isExpired(row, epochSeconds(nowMs))) return undefined;
  return typeof row.secret === 'string' ? new Secret(row.secret) : undefined;
};
