/** What one run looked like from outside: HTTP answers, messages, the payment provider's own account. Of rows the stock alone. */

/** `unknown`: the answer was lost or said nothing, so the request may have taken effect or not. */
export type CallOutcome = 'ok' | 'fail' | 'unknown';

export interface ClientCall {
  readonly atMs: number;
  readonly client: string;
  readonly request: string;
  /** Idempotency-Key. */
  readonly key?: string;
  readonly outcome: CallOutcome;
  readonly status: number;
  readonly body: string;
  /** The request is wrong whatever the state of the system: only a refusal answers it. */
  readonly mistake?: true;
}

export interface Line {
  readonly sku: string;
  readonly quantity: number;
}

/** One answer to `GET /orders/{id}`. */
export interface Sighting {
  readonly atMs: number;
  readonly status: string;
  readonly version: number;
}

/** One entry of `GET /orders/{id}/events`. */
export interface PastEvent {
  readonly type: string;
  readonly version: number;
  readonly occurredAt: string;
}

export interface OrderSeen {
  readonly id: string;
  readonly owner: string;
  readonly total: number;
  readonly lines: readonly Line[];
  readonly sightings: readonly Sighting[];
  /** As last seen. */
  readonly status: string;
  readonly reason?: string;
  readonly events: readonly PastEvent[];
  /** Kinds of the notifications that its owner can read. */
  readonly notifications: readonly string[];
  /** As `GET /orders/{id}` and as the list of its owner show it at the end; a list has it once. */
  readonly shown: string;
  readonly listed: readonly string[];
  /** What a stranger was answered, and what for an order that does not exist. */
  readonly toStranger: readonly [foreign: string, missing: string];
}

export interface ProductSeen {
  readonly sku: string;
  readonly supplied: number;
  /** Each time that someone looked, the last time at the end. */
  readonly available: readonly number[];
}

/** The stock of a product right after a commit of the catalog. */
export interface StockMoment {
  readonly atMs: number;
  readonly sku: string;
  readonly available: number;
  readonly reserved: number;
  /** What reservations hold that are held. */
  readonly held: number;
  /** The functions that committed. */
  readonly by: readonly string[];
}

/** A message on the bus or to a queue, as sent; the same id again is the same message sent twice. */
export interface SentMessage {
  readonly atMs: number;
  readonly id: string;
  readonly type: string;
  readonly orderId?: string;
  /** In one form, whatever the order of its members: a table does not keep that order. */
  readonly data: string;
}

/** A charge in the provider's account. */
export interface ChargeSeen {
  readonly id: string;
  /** Undefined when the key that it was made under names no order. */
  readonly orderId: string | undefined;
  /** The function that asked for it. */
  readonly madeBy: string;
  readonly captured: number;
  readonly refunded: number;
}

/** What a scenario knows must be so at the end. */
export interface Claim {
  readonly subject: string;
  readonly expected: string;
  readonly seen: string;
}

/** What a function wrote to its log, or what lies among dead letters. */
export interface Written {
  readonly where: string;
  readonly text: string;
}

export interface QueueSeen {
  readonly name: string;
  readonly messages: readonly string[];
}

export interface History {
  readonly calls: readonly ClientCall[];
  readonly orders: readonly OrderSeen[];
  readonly products: readonly ProductSeen[];
  /** In the order of the commits. */
  readonly stock: readonly StockMoment[];
  readonly messages: readonly SentMessage[];
  readonly charges: readonly ChargeSeen[];
  /** At the end, those that hold something that is not planned for later. */
  readonly queues: readonly QueueSeen[];
  readonly claims: readonly Claim[];
  readonly written: readonly Written[];
  /** Texts that nothing written may hold: tokens, keys, e-mail addresses. */
  readonly secrets: readonly string[];
  /** Bodies of messages that no consumer can read, sent by the scenario. */
  readonly poison: readonly string[];
  /** By function, how many of its calls met a planned fault. */
  readonly struck: Readonly<Record<string, number>>;
  /** Whether orders may end because their patience does. */
  readonly endsPatience: boolean;
}

export const isFinal = (status: string): boolean => status === 'CONFIRMED' || status === 'CANCELLED';

/** A ULID, wherever it stands in a text. */
export const ORDER_ID = /[0-9A-HJKMNP-TV-Z]{26}/;
