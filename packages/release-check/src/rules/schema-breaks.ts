import type { Json } from '@archipelago/house-rules';
import type { Effect, SchemaChange } from './schema-change.ts';
import { schemaChanges } from './schema-changes.ts';

/**
 * Who holds the other end of a schema. `sent`: they write it by the old schema, we read it by the new one. `received`:
 * we write it by the new one, they read it by the old. `exchanged`: both, as of events, which old readers get while
 * new readers still get old ones out of queues and archives.
 */
type Direction = 'sent' | 'received' | 'exchanged';

const BREAKING: Readonly<Record<Direction, readonly Effect[]>> = {
  sent: ['accepts less', 'loses a field', 'differs'],
  received: ['accepts more', 'loses a field', 'differs'],
  exchanged: ['accepts less', 'accepts more', 'loses a field', 'differs'],
};

/** The changes that somebody at the other end does not survive. A schema that is not there at all accepts nothing. */
export const schemaBreaks = (
  direction: Direction,
  before: Json | undefined,
  after: Json | undefined,
): readonly SchemaChange[] =>
  schemaChanges(before ?? {}, after ?? {}, '').filter(({ effect }) => BREAKING[direction].includes(effect));

/** `/total is gone; /items/*\/sku has maxLength 32, had 64` */
export const breaksText = (breaks: readonly SchemaChange[]): string =>
  breaks.map(({ pointer, detail }) => `${pointer === '' ? 'it' : pointer} ${detail}`).join('; ');
