import type { Cause } from '../messages/message.ts';
import type { Log } from '../ports/log.ts';
import { Refused } from '../values/errors.ts';
import type { Secret } from '../values/secret.ts';
import { pickOfTwo } from './balancing.ts';
import { type BreakerPolicy, type CircuitBreaker, createCircuitBreaker, type Passage } from './circuit-breaker.ts';
import { type RetryTools, retry } from './retry.ts';
import { createCachedLookup, isAllowed, type ServiceInstance, type ServiceLookup } from './service-lookup.ts';

export interface PeerDeps extends RetryTools {
  readonly lookup: ServiceLookup;
  readonly log: Log;
  /** Hosts that may be called although no deployment registered them. */
  readonly allowedHost?: RegExp;
}

export interface Ask {
  readonly cause: Cause;
  /** Milliseconds that the caller has left, such as its function's remaining time; a margin is kept for its own answer. */
  readonly deadlineMs: number;
  /** The access token of the person that it is asked for. */
  readonly caller?: Secret | undefined;
}

export interface Question extends Ask {
  readonly service: string;
  /** What the log calls it. */
  readonly question: string;
}

/** Not answered, or answered by a failure of the other side: another attempt may fare better. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

export interface Peers {
  /**
   * Asks one instance of a service, and another one after an attempt that throws `Unanswered`. Throws what the last attempt
   * threw where `isAnswer` says that it is an answer, and Refused `unavailable` for anything else.
   */
  ask<T>(question: Question, attempt: (instance: ServiceInstance, timeoutMs: number) => Promise<T>): Promise<T>;
}

const ATTEMPTS = 3;
const BACKOFF = { baseMs: 50, capMs: 500 };
const MARGIN_MS = 500;
/** A function that asks must be given more time than this, and one that answers less. */
export const MAX_WAIT_MS = 10_000;
const BREAKER: BreakerPolicy = { threshold: 5, openMs: 10_000 };

interface Peer {
  readonly breaker: CircuitBreaker;
  inFlight: number;
}

const failuresOf = ({ state }: CircuitBreaker): number =>
  state.kind === 'closed' ? state.recent.filter(Boolean).length : BREAKER.threshold;

const isTransient = (thrown: unknown): boolean => thrown instanceof Unanswered;

/** Discovers, picks, calls, and repeats within the caller's time; one an execution environment, for it remembers peers. */
export const createPeers = (deps: PeerDeps, isAnswer: (thrown: unknown) => boolean = () => false): Peers => {
  const { clock, random, log, allowedHost } = deps;
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

  const call = async <T>(peer: Peer, passage: Passage, attempt: () => Promise<T>): Promise<T> => {
    peer.inFlight += 1;
    try {
      const answer = await attempt();
      passage.succeeded();
      return answer;
    } catch (thrown) {
      if (isTransient(thrown)) passage.failed();
      else passage.succeeded();
      throw thrown;
    } finally {
      peer.inFlight -= 1;
    }
  };

  return {
    ask: async ({ service, question, cause, deadlineMs }, attempt) => {
      const deadline = clock.now() + Math.min(MAX_WAIT_MS, deadlineMs - MARGIN_MS);
      try {
        if (deadline <= clock.now()) throw new Error('no time is left');
        return await retry(deps, { attempts: ATTEMPTS, ...BACKOFF, deadline, isTransient }, async (timeoutMs) => {
          const { instance, passage } = await pick(service);
          return await call(peerOf(instance), passage, () => attempt(instance, timeoutMs));
        });
      } catch (thrown) {
        if (isAnswer(thrown)) throw thrown;
        log.warn('question not answered', { question, correlationId: cause.correlationId });
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
