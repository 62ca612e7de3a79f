import type { Clock } from '../kernel/ports/clock.ts';
import { createCursorKeys } from '../kernel/stores/cursor-keys.ts';
import type { Table } from '../kernel/stores/table.ts';
import { type Cursors, createCursors } from '../kernel/values/cursor.ts';
import { hmacSha256, newSecret } from './node/hmac.ts';

/** Cursors whose keys lie in the table. */
export const createTableCursors = (table: Pick<Table, 'get' | 'commit'>, clock: Clock): Cursors =>
  createCursors(createCursorKeys({ table, clock, newSecret }), hmacSha256);
