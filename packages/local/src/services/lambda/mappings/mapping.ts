import type { Json } from '../../../core/json.ts';

/** A running event source mapping. */
export interface Mapping {
  start(): void | Promise<void>;
  /** What it holds now, for the control API. */
  inspect(): { readonly [key: string]: Json };
}
