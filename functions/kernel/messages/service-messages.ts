import type { MessageContract, QueryContract } from './contract.ts';
import type { Message } from './message.ts';

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

/** What a message of each type carries, for the contracts of a list. */
export type DataByType<Contracts extends readonly MessageContract[]> = {
  readonly [Type in Contracts[number]['type']]: Extract<
    Contracts[number],
    { readonly type: Type }
  > extends MessageContract<Type, infer Data>
    ? Data
    : never;
};

/** The messages of the types named, distinguished by `type`. */
export type MessageOf<Data, Type extends keyof Data & string = keyof Data & string> = {
  readonly [Each in Type]: Message<Each, Data[Each]>;
}[Type];
