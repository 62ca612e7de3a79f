import type { Json } from '@archipelago/house-rules';

/** What a change does to the documents that a schema accepts; `differs` is neither a subset nor a superset of before. */
export type Effect = 'accepts less' | 'accepts more' | 'loses a field' | 'differs';

export interface SchemaChange {
  /** `/items/*\/price` */
  readonly pointer: string;
  readonly effect: Effect;
  readonly detail: string;
}

export type Compare = (before: Json, after: Json, pointer: string) => readonly SchemaChange[];
