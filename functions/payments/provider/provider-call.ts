import type { CircuitBreaker } from '../../kernel/calls/circuit-breaker.ts';
import { type RetryTools, retry } from '../../kernel/calls/retry.ts';
import type { Transport, TransportResponse } from '../../kernel/calls/transport.ts';
import { Refused } from '../../kernel/values/errors.ts';
import { isObject, type JsonObject } from '../../kernel/values/json.ts';

export interface ProviderCallDeps extends RetryTools {
  readonly transport: Transport;
  readonly breaker: CircuitBreaker;
  /** Where the provider is, without a slash at the end. */
  readonly url: () => Promise<string>;
}

export interface ProviderCall {
  readonly path: '/charges' | '/refunds';
  /** Idempotency-Key: what was done under it once is never done again. */
  readonly key: string;
  readonly body: JsonObject;
}

export interface ProviderReply {
  readonly status: number;
  readonly body: JsonObject;
}

/** A function that calls the provider must be given more time than this. */
export const BUDGET_MS = 8_000;

const ATTEMPTS = 3;
const BACKOFF = { baseMs: 50, capMs: 500 };
const CONFLICT = 409;
const TOO_MANY_REQUESTS = 429;
const SERVER_ERRORS = 500;

/** Nobody knows whether it was done: the same key must be asked again. */
class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

const unavailable = (cause: unknown): Refused =>
  new Refused(
    { outcome: 'unavailable', code: 'provider-unavailable', detail: 'The payment provider is unavailable.' },
    { cause },
  );

const definite = async (pending: Promise<TransportResponse>): Promise<ProviderReply> => {
  const { status, body } = await pending.catch((thrown: unknown) => {
    throw new OutcomeUnknown('no reply', { cause: thrown });
  });
  if (status >= SERVER_ERRORS || status === CONFLICT || status === TOO_MANY_REQUESTS)
    throw new OutcomeUnknown(`answered ${status}`);
  const reply: unknown = JSON.parse(body);
  if (!isObject(reply)) throw new Error(`the provider answered ${status} without an object`);
  return { status, body: reply };
};

/** Repeats with the same key while time is left. Throws Refused `unavailable` when the outcome stays unknown. */
export const callProvider = async (
  deps: ProviderCallDeps,
  { path, key, body }: ProviderCall,
): Promise<ProviderReply> => {
  const { clock, transport, breaker } = deps;
  const url = `${await deps.url()}${path}`;
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const attempt = async (timeoutMs: number): Promise<ProviderReply> => {
    if (!breaker.enter()) throw new Error('the circuit is open');
    try {
      const reply = await definite(transport({ url, headers, body: JSON.stringify(body), timeoutMs }));
      breaker.succeeded();
      return reply;
    } catch (thrown) {
      breaker.failed();
      throw thrown;
    }
  };
  const isTransient = (thrown: unknown) => thrown instanceof OutcomeUnknown;
  const policy = { attempts: ATTEMPTS, ...BACKOFF, deadline: clock.now() + BUDGET_MS, isTransient };
  return retry(deps, policy, attempt).catch((thrown: unknown) => {
    throw unavailable(thrown);
  });
};
