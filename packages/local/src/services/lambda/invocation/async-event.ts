import { isObject, type Json } from '../../../core/json.ts';
import type { InvocationRequest } from '../../../core/ports.ts';
import type { Delivery, World } from '../../../core/world.ts';
import { counted, type FailedAttempt, recordFailure } from '../../../delivery/record-failure.ts';
import type { AsyncSettings } from '../resources/event-invoke-config.ts';
import type { ResolvedFunction } from '../state/function-directory.ts';
import { deliverRecord } from './deliver-record.ts';
import { type AsyncCondition, invocationRecord, recordFor } from './invocation-record.ts';
import type { CompletedInvocation } from './invoker.ts';

/** An event on its way to a function. */
export interface AsyncEvent {
  readonly request: InvocationRequest;
  readonly requestId: string;
  readonly resolved: ResolvedFunction;
  readonly settings: AsyncSettings;
  readonly acceptedAtMs: number;
  invokeCount: number;
  throttles: number;
}

const errorMessageOf = (payload: string): string => {
  const document: Json = JSON.parse(payload);
  return isObject(document) ? String(document.errorMessage ?? '') : '';
};

/** Records an attempt that failed, and what becomes of the event. */
export const noteEvent = (
  world: World,
  event: AsyncEvent,
  fate: Pick<FailedAttempt, 'outcome' | 'nextAttemptAtMs' | 'error'>,
): void => {
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

/** Sends the record of an event that is done, or given up, where its function's settings say. */
export const conclude = async (
  world: World,
  event: AsyncEvent,
  condition: AsyncCondition,
  answer: CompletedInvocation | undefined,
): Promise<void> => {
  const { resolved, settings, request } = event;
  const destination = condition === 'Success' ? settings.onSuccessArn : settings.onFailureArn;
  const trace = request.traceHeader === undefined ? {} : { traceHeader: request.traceHeader };
  const refusals: string[] = [];
  const deliver = async (arn: string, delivery: Pick<Delivery, 'payload' | 'attributes'>) => {
    const refusal = await deliverRecord(world, arn, { ...delivery, ...trace, source: `lambda ${resolved.fn.name}` });
    if (refusal !== undefined) refusals.push(refusal);
  };
  if (destination) {
    const functionArn = `${resolved.fn.arn}:${resolved.qualifier}`;
    const record = invocationRecord({
      atMs: world.clock.now(),
      requestId: event.requestId,
      functionArn,
      condition,
      invokeCount: event.invokeCount,
      requestPayload: request.payload,
      answer,
    });
    await deliver(destination, { payload: recordFor(destination, record, functionArn, condition) });
  }
  if (condition === 'Success') return;
  if (resolved.fn.deadLetterArn) {
    const attributes = {
      RequestID: event.requestId,
      ErrorCode: answer ? '200' : '429',
      ErrorMessage: answer ? errorMessageOf(answer.payload).slice(0, 1024) : 'Rate Exceeded.',
    };
    await deliver(resolved.fn.deadLetterArn, { payload: request.payload, attributes });
  }
  const places = [destination, resolved.fn.deadLetterArn].filter(Boolean).length;
  const [error] = refusals;
  noteEvent(world, event, {
    outcome: refusals.length < places ? 'dead-lettered' : 'dropped',
    ...(error !== undefined && { error }),
  });
};
