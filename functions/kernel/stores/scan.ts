import type { JsonObject } from '../values/json.ts';
import type { Key } from './table.ts';

export interface KeyPage {
  readonly keys: readonly Key[];
  /** Where the next page starts; without it this was the last one. */
  readonly next?: JsonObject;
}

/** Every item of a table by its key, in no order: for checks and rebuilds, never for a request. */
export interface Scan {
  /** With `sk` only items that have it; a page may then be empty and yet not be the last. */
  page(start?: JsonObject, sk?: string): Promise<KeyPage>;
}
