import { causeHeaders } from '../../kernel/calls/cause-headers.ts';
import type { CircuitBreaker } from '../../kernel/calls/circuit-breaker.ts';
import { type RetryTools, retry } from '../../kernel/calls/retry.ts';
import { isServerError, type Transport, type TransportResponse } from '../../kernel/calls/transport.ts';
import type { Cause } from '../../kernel/messages/message.ts';
import type { Log } from '../../kernel/ports/log.ts';
import type { Tracing } from '../../kernel/ports/tracing.ts';
import { Refused } from '../../kernel/values/errors.ts';
import { isObject, type JsonObject } from '../../kernel/values/json.ts';

export interface ProviderCallDeps extends RetryTools {
  readonly transport: Transport;
  readonly breaker: CircuitBreaker;
  readonly log: Log;
  readonly tracing: Tracing;
  /** Where the provider is, without a slash at the end. */
  readonly url: () => Promise<string>;
}

export interface ProviderCall {
  readonly path: '/charges' | '/voids' | '/refunds';
  /** Idempotency-Key: what was done under it once is never done again. */
  readonly key: string;
  readonly body: JsonObject;
  readonly cause: Cause;
}

export interface ProviderReply {
  readonly status: number;
  readonly body: JsonObject;
}

/** A function that calls the provider must be given more time than this. */
export const BUDGET_MS = 8_000;

/** More than fit into the budget: time ends the attempts, so that a restart of the provider costs no delivery. */
const ATTEMPTS = 20;
const ATTEMPT_MS = 2_000;
const BACKOFF = { baseMs: 50, capMs: 1_000 };

/** Statuses below 500 that say nothing of the request: keys that are not valid here, a key in use, too much at once. */
const UNDECIDED: readonly number[] = [401, 403, 409, 429];

/** It may have been done or not: the same key must be asked again. */
class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

/** The breaker let nothing through; a probe may pass before the budget ends. */
class CircuitOpen extends Error {
  override readonly name = 'CircuitOpen';
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

const unavailable = (cause: unknown): Refused =>
  new Refused(
    { outcome: 'unavailable', code: 'provider-unavailable', detail: 'The payment provider is unavailable.' },
    { cause },
  );

const definite = async (pending: Promise<TransportResponse>): Promise<ProviderReply> => {
  const { status, body } = await pending.catch((thrown: unknown) => {
    throw new OutcomeUnknown('no reply', { cause: thrown });
  });
  if (isServerError(status) || UNDECIDED.includes(status)) throw new OutcomeUnknown(`answered ${status}`);
  const reply: unknown = JSON.parse(body);
  if (!isObject(reply)) throw new Error(`the provider answered ${status} without an object`);
  return { status, body: reply };
};

/** Repeats with the same key while time is left. Throws Refused `unavailable` when the outcome stays unknown. */
export const callProvider = async (
  deps: ProviderCallDeps,
  { path, key, body, cause }: ProviderCall,
): Promise<ProviderReply> => {
  const { clock, transport, breaker, log, tracing } = deps;
  const { correlationId } = cause;
  const url = `${await deps.url()}${path}`;
  const traceparent = tracing.traceparent() ?? cause.traceparent;
  const origin = { ...cause, ...(traceparent === undefined ? {} : { traceparent }) };
  const headers = { 'content-type': 'application/json', 'idempotency-key': key, ...causeHeaders(origin) };
  const text = JSON.stringify(body);
  const send = (timeoutMs: number): Promise<TransportResponse> =>
    tracing.span(`POST ${path}`, { correlationId }, () => transport({ url, headers, body: text, timeoutMs }));
  const deadline = clock.now() + BUDGET_MS;
  const attempt = async (): Promise<ProviderReply> => {
    const leftMs = deadline - clock.now();
    const passage = breaker.enter();
    if (!passage) throw new CircuitOpen('the circuit is open');
    try {
      const reply = await definite(send(Math.min(ATTEMPT_MS, leftMs)));
      passage.succeeded();
      return reply;
    } catch (thrown) {
      passage.failed();
      log.warn('provider call failed', { path, correlationId, reason: messageOf(thrown) });
      throw thrown;
    }
  };
  const isTransient = (thrown: unknown) => thrown instanceof OutcomeUnknown || thrown instanceof CircuitOpen;
  const policy = { attempts: ATTEMPTS, ...BACKOFF, deadline, isTransient };
  return retry(deps, policy, attempt).catch((thrown: unknown) => {
    throw unavailable(thrown);
  });
};
