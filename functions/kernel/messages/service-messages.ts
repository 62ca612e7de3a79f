import type { MessageContract, QueryContract } from './contract.ts';

/** Everything that one service exchanges with others: its stack, its handlers and its saga read it. */
export interface ServiceMessages {
  /** Events that it puts on the bus. */
  readonly publishes?: readonly MessageContract[];
  /** Commands that it sends to queues, its own included. */
  readonly sends?: readonly MessageContract[];
  /** Events that it takes from the bus. */
  readonly subscribes?: readonly MessageContract[];
  /** Commands that it takes from its queues. */
  readonly accepts?: readonly MessageContract[];
  /** Queries that it asks other services. */
  readonly asks?: readonly QueryContract[];
  /** Queries that it answers. */
  readonly answers?: readonly QueryContract[];
}
