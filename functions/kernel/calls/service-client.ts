import type { QueryContract } from '../messages/contract.ts';
import type { Cause } from '../messages/message.ts';
import type { Log } from '../ports/log.ts';
import { Refused } from '../values/errors.ts';
import { pickOfTwo } from './balancing.ts';
import { causeHeaders } from './cause-headers.ts';
import { type BreakerPolicy, type CircuitBreaker, createCircuitBreaker, type Passage } from './circuit-breaker.ts';
import { type RetryTools, retry } from './retry.ts';
import { createCachedLookup, isAllowed, type ServiceInstance, type ServiceLookup } from './service-lookup.ts';
import { isServerError, type Transport, type TransportResponse } from './transport.ts';

export interface ServiceClientDeps extends RetryTools {
  readonly lookup: ServiceLookup;
  readonly transport: Transport;
  readonly log: Log;
  /** Hosts that may be called although no deployment registered them. */
  readonly allowedHost?: RegExp;
}

export interface Ask {
  readonly cause: Cause;
  /** Milliseconds that the caller has left, such as its function's remaining time; a margin is kept for its own answer. */
  readonly deadlineMs: number;
}

export interface ServiceClient {
  /** Throws Refused `unavailable` when no valid answer can be had in time. */
  ask<Request, Response>(
    contract: QueryContract<Request, Response>,
    request: NoInfer<Request>,
    ask: Ask,
  ): Promise<Response>;
}

const ATTEMPTS = 3;
const BACKOFF = { baseMs: 50, capMs: 500 };
const MARGIN_MS = 500;
/** A function that asks must be given more time than this, and one that answers less. */
export const MAX_WAIT_MS = 10_000;
const BREAKER: BreakerPolicy = { threshold: 5, openMs: 10_000 };
const TOO_MANY_REQUESTS = 429;
const OK = 200;

/** Not answered, or answered by a failure of the other side: another attempt may fare better. */
class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

const answered = async (pending: Promise<TransportResponse>): Promise<TransportResponse> => {
  const response = await pending.catch((thrown: unknown) => {
    throw new Unanswered('no response', { cause: thrown });
  });
  const { status } = response;
  if (isServerError(status) || status === TOO_MANY_REQUESTS) throw new Unanswered(`answered ${status}`);
  return response;
};

interface Peer {
  readonly breaker: CircuitBreaker;
  inFlight: number;
}

const failuresOf = ({ state }: CircuitBreaker): number =>
  state.kind === 'closed' ? state.recent.filter(Boolean).length : BREAKER.threshold;

const headersOf = (cause: Cause) => ({ 'content-type': 'application/json', ...causeHeaders(cause) });

const parseAnswer = <Response>(contract: QueryContract<unknown, Response>, body: string): Response => {
  const answer = contract.response.safeParse(JSON.parse(body));
  if (!answer.success) throw new Error(`the answer to ${contract.type} breaks its contract`);
  return answer.data;
};

/** Discovers, picks, calls, and repeats within the caller's time; one an execution environment, for it remembers peers. */
export const createServiceClient = (deps: ServiceClientDeps): ServiceClient => {
  const { clock, random, transport, log, allowedHost } = deps;
  const lookup = createCachedLookup(deps.lookup, clock);
  const peers = new Map<string, Peer>();

  const peerOf = ({ url }: ServiceInstance): Peer => {
    const peer = peers.get(url) ?? { breaker: createCircuitBreaker(clock, BREAKER), inFlight: 0 };
    peers.set(url, peer);
    return peer;
  };

  const pick = async (service: string): Promise<{ instance: ServiceInstance; passage: Passage }> => {
    const allowed = (await lookup.instances(service)).filter((instance) => isAllowed(instance, allowedHost));
    const passable = allowed.filter((instance) => peerOf(instance).breaker.isPassable());
    const loadOf = (instance: ServiceInstance) => peerOf(instance).inFlight + failuresOf(peerOf(instance).breaker);
    const picked = pickOfTwo(passable, loadOf, random);
    // In the same turn as the look at it, or two callers would both be the one probe.
    const passage = picked && peerOf(picked).breaker.enter();
    if (!passage) throw new Error(`${service}: ${allowed.length} allowed instances, none passable`);
    return { instance: picked, passage };
  };

  const call = async (peer: Peer, passage: Passage, request: Parameters<Transport>[0]): Promise<string> => {
    peer.inFlight += 1;
    try {
      const { status, body } = await answered(transport(request));
      passage.succeeded();
      if (status !== OK) throw new Error(`${request.url} answered ${status}`);
      return body;
    } catch (thrown) {
      if (thrown instanceof Unanswered) passage.failed();
      throw thrown;
    } finally {
      peer.inFlight -= 1;
    }
  };

  return {
    ask: async <Request, Response>(
      contract: QueryContract<Request, Response>,
      request: NoInfer<Request>,
      { cause, deadlineMs }: Ask,
    ) => {
      const deadline = clock.now() + Math.min(MAX_WAIT_MS, deadlineMs - MARGIN_MS);
      const body = JSON.stringify(request);
      const attempt = async (timeoutMs: number): Promise<Response> => {
        const { instance, passage } = await pick(contract.service);
        const url = `${instance.url}/internal/${contract.type}`;
        const asked = { url, body, headers: headersOf(cause), timeoutMs };
        return parseAnswer(contract, await call(peerOf(instance), passage, asked));
      };
      const isTransient = (thrown: unknown) => thrown instanceof Unanswered;
      try {
        if (deadline <= clock.now()) throw new Error('no time is left');
        return await retry(deps, { attempts: ATTEMPTS, ...BACKOFF, deadline, isTransient }, attempt);
      } catch (thrown) {
        log.warn('question not answered', { question: contract.type, correlationId: cause.correlationId });
        throw thrown instanceof Refused ? thrown : unavailable(thrown);
      }
    },
  };
};

const unavailable = (cause: unknown): Refused =>
  new Refused(
    {
      outcome: 'unavailable',
      code: 'dependency-unavailable',
      detail: 'A service is unavailable.',
      retryAfterSeconds: 2,
    },
    { cause },
  );
