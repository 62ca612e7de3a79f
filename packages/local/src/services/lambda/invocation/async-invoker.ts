import { AwsError } from '../../../core/aws-call.ts';
import { isObject, type Json } from '../../../core/json.ts';
import type { InvocationRequest } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';
import { counted, type FailedAttempt, recordFailure } from '../../../delivery/record-failure.ts';
import { type AsyncSettings, DEFAULT_ASYNC_SETTINGS } from '../resources/event-invoke-config.ts';
import type { FunctionDirectory, ResolvedFunction } from '../state/function-directory.ts';
import { deliverRecord } from './deliver-record.ts';
import { type AsyncCondition, invocationRecord } from './invocation-record.ts';
import type { CompletedInvocation, Invoker } from './invoker.ts';

/** https://aws.amazon.com/about-aws/whats-new/2026/01/: asynchronous events take 1 MB. */
const MAX_EVENT_BYTES = 1_048_576;
/** After a function error: one minute before the first retry, two before the second. */
const RETRY_DELAYS_MS = [60_000, 120_000];
/** After throttling: from one second, doubling, up to five minutes, until the event is too old. */
const throttleDelayMs = (attempt: number): number => Math.min(1000 * 2 ** attempt, 300_000);

interface AsyncEvent {
  readonly request: InvocationRequest;
  readonly requestId: string;
  readonly resolved: ResolvedFunction;
  readonly settings: AsyncSettings;
  readonly acceptedAtMs: number;
  invokeCount: number;
  throttles: number;
}

export interface AsyncInvoker {
  /** Accepts an event, or throws AwsError; answers the request id. */
  accept(request: InvocationRequest, qualifier?: string): string;
}

const errorMessageOf = (payload: string): string => {
  const document: Json = JSON.parse(payload);
  return isObject(document) ? String(document.errorMessage ?? '') : '';
};

export const createAsyncInvoker = (
  world: World,
  directory: FunctionDirectory,
  invoker: Invoker,
  settingsOf: ReadonlyMap<string, AsyncSettings>,
): AsyncInvoker => {
  const note = (event: AsyncEvent, fate: Pick<FailedAttempt, 'outcome' | 'nextAttemptAtMs' | 'error'>) => {
    const { resolved, settings, invokeCount } = event;
    const deadLetters = settings.onFailureArn ?? resolved.fn.deadLetterArn;
    recordFailure(world, {
      source: `event for ${resolved.fn.name}`,
      target: resolved.fn.name,
      what: counted(1, 'event'),
      attempt: Math.max(1, invokeCount),
      attempts: settings.maxRetries + 1,
      invocationId: event.requestId,
      ...(deadLetters !== undefined && { deadLetters }),
      ...fate,
    });
  };

  const conclude = async (event: AsyncEvent, condition: AsyncCondition, answer: CompletedInvocation | undefined) => {
    const { resolved, settings, request } = event;
    const destination = condition === 'Success' ? settings.onSuccessArn : settings.onFailureArn;
    const trace = request.traceHeader === undefined ? {} : { traceHeader: request.traceHeader };
    if (condition !== 'Success') {
      note(event, { outcome: destination || resolved.fn.deadLetterArn ? 'dead-lettered' : 'dropped' });
    }
    if (destination) {
      const payload = invocationRecord({
        atMs: world.clock.now(),
        requestId: event.requestId,
        functionArn: `${resolved.fn.arn}:${resolved.qualifier}`,
        condition,
        invokeCount: event.invokeCount,
        requestPayload: request.payload,
        answer,
      });
      await deliverRecord(world, destination, { payload, source: `lambda ${resolved.fn.name}`, ...trace });
    }
    if (condition !== 'Success' && resolved.fn.deadLetterArn) {
      const attributes = {
        RequestID: event.requestId,
        ErrorCode: answer ? '200' : '429',
        ErrorMessage: answer ? errorMessageOf(answer.payload).slice(0, 1024) : 'Rate Exceeded.',
      };
      const source = `lambda ${resolved.fn.name}`;
      await deliverRecord(world, resolved.fn.deadLetterArn, { payload: request.payload, source, attributes, ...trace });
    }
  };

  const retryIn = async (event: AsyncEvent, delayMs: number, answer: CompletedInvocation | undefined) => {
    const dueAtMs = world.clock.now() + delayMs;
    if (dueAtMs - event.acceptedAtMs > event.settings.maxAgeMs) return conclude(event, 'EventAgeExceeded', answer);
    note(event, { outcome: 'failed', nextAttemptAtMs: dueAtMs, ...(!answer && { error: 'Rate Exceeded.' }) });
    world.agenda.schedule({ dueAtMs, kind: 'pending', what: 'retry event', subject: event.resolved.fn.name }, () =>
      begin(event),
    );
    return undefined;
  };

  const attempt = async (event: AsyncEvent) => {
    let answer: CompletedInvocation;
    try {
      answer = await invoker.invoke(event.request, {
        qualifier: event.resolved.qualifier,
        requestId: event.requestId,
      });
    } catch (error) {
      if (error instanceof AwsError && error.status < 500 && error.status !== 429) {
        return conclude(event, 'RetriesExhausted', undefined);
      }
      return retryIn(event, throttleDelayMs(event.throttles++), undefined);
    }
    event.invokeCount++;
    if (!answer.functionError) return conclude(event, 'Success', answer);
    if (event.invokeCount > event.settings.maxRetries) return conclude(event, 'RetriesExhausted', answer);
    return retryIn(event, RETRY_DELAYS_MS[event.invokeCount - 1] ?? 0, answer);
  };

  /** Not awaited by the agenda: an event that runs long must not hold back what is due after it. */
  const begin = (event: AsyncEvent): void => {
    void world.agenda.track({ what: 'invoke event', subject: event.resolved.fn.name }, attempt(event));
  };

  return {
    accept: (request, qualifier) => {
      const resolved = directory.resolve(request.functionName, qualifier);
      if (Buffer.byteLength(request.payload) > MAX_EVENT_BYTES) {
        const message = `Request must be smaller than ${MAX_EVENT_BYTES} bytes for the InvokeFunction operation`;
        throw new AwsError('RequestTooLargeException', message, 413);
      }
      const settings = settingsOf.get(`${resolved.fn.name}:${resolved.qualifier}`) ?? DEFAULT_ASYNC_SETTINGS;
      const acceptedAtMs = world.clock.now();
      const requestId = world.random.uuid();
      begin({ request, requestId, resolved, settings, acceptedAtMs, invokeCount: 0, throttles: 0 });
      return requestId;
    },
  };
};
