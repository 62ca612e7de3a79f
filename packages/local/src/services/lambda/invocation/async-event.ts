import { isObject, type Json } from '../../../core/json.ts';
import type { InvocationRequest } from '../../../core/ports.ts';
import type { Delivery, World } from '../../../core/world.ts';
import { counted, type FailedAttempt, recordFailure } from '../../../delivery/record-failure.ts';
import type { AsyncSettings } from '../resources/event-invoke-config.ts';
import { roleOf } from '../state/acts.ts';
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
  const { onFailureArn: destination } = settings;
  const { deadLetterArn: deadLetters } = resolved.fn;
  recordFailure(world, {
    source: `event for ${resolved.fn.name}`,
    target: resolved.fn.name,
    what: counted(1, 'event'),
    attempt: Math.max(1, invokeCount),
    attempts: settings.maxRetries + 1,
    invocationId: event.requestId,
    ...(destination !== undefined && { destination }),
    ...(destination === undefined && deadLetters !== undefined && { deadLetters }),
    ...fate,
  });
};

/** Answers why it was not taken; undefined when it was. */
const sendOn = (
  world: World,
  { request, resolved }: AsyncEvent,
  arn: string,
  delivery: Pick<Delivery, 'payload' | 'attributes'>,
): Promise<string | undefined> => {
  const trace = request.traceHeader === undefined ? {} : { traceHeader: request.traceHeader };
  return deliverRecord(world, arn, {
    ...delivery,
    ...trace,
    source: `lambda ${resolved.fn.name}`,
    by: roleOf(resolved.fn),
  });
};

const tellDestination = (
  world: World,
  event: AsyncEvent,
  arn: string,
  condition: AsyncCondition,
  answer: CompletedInvocation | undefined,
): Promise<string | undefined> => {
  const { request, requestId, resolved, invokeCount } = event;
  const functionArn = `${resolved.fn.arn}:${resolved.qualifier}`;
  const record = invocationRecord({
    atMs: world.clock.now(),
    requestId,
    functionArn,
    condition,
    invokeCount,
    requestPayload: request.payload,
    codeFolder: resolved.fn.codeFolder,
    answer,
  });
  return sendOn(world, event, arn, { payload: recordFor(arn, record, functionArn, condition) });
};

const putAside = (
  world: World,
  event: AsyncEvent,
  arn: string,
  answer: CompletedInvocation | undefined,
): Promise<string | undefined> => {
  const attributes = {
    RequestID: event.requestId,
    ErrorCode: answer ? '200' : '429',
    ErrorMessage: answer ? errorMessageOf(answer.payload).slice(0, 1024) : 'Rate Exceeded.',
  };
  return sendOn(world, event, arn, { payload: event.request.payload, attributes });
};

/** Sends the record of an event that is done, or given up, where its function's settings say. */
export const conclude = async (
  world: World,
  event: AsyncEvent,
  condition: AsyncCondition,
  answer: CompletedInvocation | undefined,
): Promise<void> => {
  const { settings, resolved } = event;
  const destination = condition === 'Success' ? settings.onSuccessArn : settings.onFailureArn;
  const { deadLetterArn } = resolved.fn;
  const places: { readonly outcome: FailedAttempt['outcome']; readonly refusal: string | undefined }[] = [];
  if (destination) {
    const refusal = await tellDestination(world, event, destination, condition, answer);
    places.push({ outcome: 'passed-on', refusal });
  }
  if (condition === 'Success') return;
  if (deadLetterArn) {
    places.push({ outcome: 'dead-lettered', refusal: await putAside(world, event, deadLetterArn, answer) });
  }
  const outcome = places.find(({ refusal }) => refusal === undefined)?.outcome ?? 'dropped';
  const error = places.find(({ refusal }) => refusal !== undefined)?.refusal;
  noteEvent(world, event, { outcome, ...(error !== undefined && { error }) });
};
