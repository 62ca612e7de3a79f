import type { Frame } from './stack.ts';

interface Told {
  readonly atMs: number;
  readonly correlationId?: string;
}

/** A request that the HTTP API answered. */
export interface RequestNotice extends Told {
  readonly kind: 'request';
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly status: number;
  readonly durationMs: number;
  readonly functionName?: string;
  /** Whether its failure was a planned one. */
  readonly planned?: true;
  /** Why it was refused, or why the function's answer was none. */
  readonly reason?: string;
}

/** An error in a function, whether it left the handler or was turned into an answer. */
export interface FailureNotice extends Told {
  readonly kind: 'failure';
  readonly functionName: string;
  /** `TypeError: no price`; of several lines when the message is. */
  readonly error: string;
  /** What the function said when it logged the error. */
  readonly during?: string;
  readonly cause?: string;
  readonly frames: readonly Frame[];
  /** Whether it was asked for, as a test of what others do about it. */
  readonly planned: boolean;
  readonly requestId?: string;
  readonly traceId?: string;
  /** What else the function logged with it, e.g. the message's id. */
  readonly facts: Readonly<Record<string, string>>;
}

/** Something a function printed, or the runtime's own complaint. */
export interface OutputNotice extends Told {
  readonly kind: 'output';
  readonly source: string;
  readonly level: string;
  readonly text: string;
  /** Whether it came as a structured log line: these are many, and most are for machines. */
  readonly structured: boolean;
  readonly facts: Readonly<Record<string, string>>;
}

/** Something that could not be delivered, or was not handled by who received it. */
export interface DeliveryNotice extends Told {
  readonly kind: 'delivery';
  /** `passed-on` is with its destination now; `dropped` is lost for good. */
  readonly outcome: 'failed' | 'passed-on' | 'dead-lettered' | 'dropped';
  /** `queue orders-fulfil`, `stream of table orders`, `rule orders/placed` … */
  readonly source: string;
  /** What it was for: a function's or a resource's name. */
  readonly target: string;
  /** `2 messages` */
  readonly what: string;
  readonly attempt?: number;
  readonly attempts?: number;
  readonly nextAttemptAtMs?: number;
  readonly deadLetters?: string;
  readonly destination?: string;
  readonly reason?: string;
}

export type Notice = RequestNotice | FailureNotice | OutputNotice | DeliveryNotice;
