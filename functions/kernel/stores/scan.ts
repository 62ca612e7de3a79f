import type { JsonObject } from '../values/json.ts';
import type { Item, Key } from './table.ts';

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

export interface LeavingPage {
  readonly rows: readonly Item[];
  /** Rows that were looked at. */
  readonly read: number;
  readonly next?: JsonObject;
}

/** The rows of a table that say what leaves because of them, in no order but that of one partition's keys. */
export interface LeavingRows {
  /** Of those written at `since` (RFC 3339, UTC, with milliseconds) or later; a page may be empty and yet not be the last. */
  page(since: string, start?: JsonObject): Promise<LeavingPage>;
}
