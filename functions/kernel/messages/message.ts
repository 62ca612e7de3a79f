import type { JsonObject } from '../values/json.ts';

/** Travels with every event and command (design: causality can be followed across EventBridge and streams). */
export interface Metadata {
  /** The same however often the message is sent; it follows from the row that the message was derived from. */
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly occurredAt: string;
  /** The same for everything that one request from outside caused. */
  readonly correlationId: string;
  /** Id of the message or request that caused this one directly. */
  readonly causationId: string;
  /** W3C Trace Context. */
  readonly traceparent?: string;
  /** `order/01J…`: kind and id of the aggregate it is about; messages of one aggregate keep their order. */
  readonly aggregate: string;
  /** The aggregate's version after it. */
  readonly version: number;
}

/** An event or a command as it lies on the bus or in a queue. `type` is `OrderPlaced.v1`. */
export interface Message<Type extends string = string, Data = JsonObject> {
  readonly type: Type;
  readonly metadata: Metadata;
  readonly data: Data;
}

/** A message that is not sent yet. It has no id: that follows from the row that keeps it. */
export interface Departing<Type extends string = string, Data = JsonObject>
  extends Omit<Message<Type, Data>, 'metadata'> {
  readonly metadata: Omit<Metadata, 'id'>;
}

/** Where the causality of new messages comes from: the request or the message being handled. */
export interface Cause {
  readonly correlationId: string;
  readonly causationId: string;
  readonly traceparent?: string;
}

export const causedBy = ({ metadata }: Pick<Message, 'metadata'>): Cause => ({
  correlationId: metadata.correlationId,
  causationId: metadata.id,
  ...(metadata.traceparent === undefined ? {} : { traceparent: metadata.traceparent }),
});
