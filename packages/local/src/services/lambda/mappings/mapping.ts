import type { Json } from '../../../core/json.ts';

/** A running event source mapping. */
export interface Mapping {
  start(): void | Promise<void>;
  /** Takes nothing more from its source; what is in hand is finished. */
  stop(): void;
  /** What it holds now, for the control API. */
  inspect(): { readonly [key: string]: Json };
}
