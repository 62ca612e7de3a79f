import type { AnsweredCall, AwsRequest } from '../core/aws-call.ts';
import type { FaultEffect, FaultyCall } from '../core/faults/fault-plan.ts';
import type { World } from '../core/world.ts';
import { conflicting, internalError, PARTIAL_OPERATIONS, partly, throttled, withoutFailing } from './faulty-answer.ts';

/** What becomes of a call: an answer, a connection that is closed, or one that stays open without an answer. */
export type CallFate = AnsweredCall | 'closed' | 'silent';

const DELAY_MS = 10_000;

/** `PutItem` behind the dot of `x-amz-target`; other protocols name it in the path: `POST /2015-03-31/functions/…`. */
const operationOf = ({ method, url, headers }: AwsRequest): string =>
  headers['x-amz-target']?.split('.').at(-1) ?? `${method} ${url.split('?')[0]}`;

const refused = (effect: FaultEffect, operation: string, request: AwsRequest): AnsweredCall | undefined => {
  if (effect === 'throttle') return throttled(operation);
  if (effect === 'error') return internalError(operation);
  return effect === 'conflict' ? conflicting(operation, request) : undefined;
};

/** A conflict is one of DynamoDB, a partial failure one of a batch: elsewhere a rule for them does not fire. */
const allowed = (effect: FaultEffect, { service, operation }: FaultyCall): boolean =>
  (effect !== 'conflict' || service === 'dynamodb') && (effect !== 'partial' || PARTIAL_OPERATIONS.includes(operation));

/** Makes calls of functions go wrong as the fault plan says. What a tool or a person calls is left alone. */
export const createFaultyCalls = (world: World) => {
  const { agenda, clock, faults, journal } = world;
  const calls = new Map<unknown, number>();
  // An environment runs one invocation at a time, and its end is recorded before the next one begins.
  journal.subscribe((kind, entry) => {
    if (kind === 'invocations') calls.delete(entry.environmentId);
  });

  const wait = () =>
    new Promise<void>((resolve) => {
      const dueAtMs = clock.now() + DELAY_MS;
      agenda.schedule({ dueAtMs, kind: 'planned', what: 'end delay', subject: 'fault plan' }, resolve);
    });

  const cut = (effect: FaultEffect, { caller }: AwsRequest): CallFate | undefined => {
    if (effect === 'kill') world.need('environments').kill(caller.environmentId ?? '');
    if (effect === 'kill' || effect === 'lostReply') return 'closed';
    return effect === 'timeout' ? 'silent' : undefined;
  };

  const inEffect = async (
    effect: FaultEffect | undefined,
    { operation }: FaultyCall,
    request: AwsRequest,
    perform: (request: AwsRequest) => Promise<AnsweredCall>,
  ): Promise<CallFate> => {
    if (effect === undefined) return perform(request);
    const fate = cut(effect, request) ?? refused(effect, operation, request);
    if (fate) return fate;
    if (effect === 'delay') await wait();
    if (effect !== 'partial') return perform(request);
    const rest = withoutFailing(request);
    return partly(operation, request, rest && (await perform(rest)));
  };

  const behindEffect = async (
    effect: FaultEffect | undefined,
    { operation }: FaultyCall,
    request: AwsRequest,
    answered: CallFate,
  ): Promise<CallFate> => {
    if (effect === undefined || typeof answered === 'string') return answered;
    const fate = cut(effect, request) ?? refused(effect, operation, request);
    if (fate) return fate;
    if (effect === 'delay') await wait();
    return effect === 'partial' ? partly(operation, request, answered) : answered;
  };

  return async (
    service: string,
    request: AwsRequest,
    perform: (request: AwsRequest) => Promise<AnsweredCall>,
  ): Promise<CallFate> => {
    const { functionName, environmentId } = request.caller;
    if (faults.isEmpty() || functionName === undefined) return perform(request);
    const number = (calls.get(environmentId) ?? 0) + 1;
    calls.set(environmentId, number);
    const call = { functionName, service, operation: operationOf(request), call: number };
    const before = faults.at('before', call, (effect) => allowed(effect, call));
    const answered = await inEffect(before, call, request, perform);
    if (typeof answered === 'string') return answered;
    return behindEffect(
      faults.at('after', call, (effect) => allowed(effect, call)),
      call,
      request,
      answered,
    );
  };
};
