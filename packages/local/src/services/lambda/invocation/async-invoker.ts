import { AwsError } from '../../../core/aws-call.ts';
import type { InvocationRequest } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';
import { type AsyncSettings, DEFAULT_ASYNC_SETTINGS } from '../resources/event-invoke-config.ts';
import type { FunctionDirectory } from '../state/function-directory.ts';
import { type AsyncEvent, conclude, noteEvent } from './async-event.ts';
import type { CompletedInvocation, Invoker } from './invoker.ts';

/** https://aws.amazon.com/about-aws/whats-new/2026/01/: asynchronous events take 1 MB. */
const MAX_EVENT_BYTES = 1_048_576;
/** After a function error: one minute before the first retry, two before the second. */
const RETRY_DELAYS_MS = [60_000, 120_000];
/** After throttling: from one second, doubling, up to five minutes, until the event is too old. */
const throttleDelayMs = (attempt: number): number => Math.min(1000 * 2 ** attempt, 300_000);

export interface AsyncInvoker {
  /** Accepts an event, or throws AwsError; answers the request id. */
  accept(request: InvocationRequest, qualifier?: string): string;
}

export const createAsyncInvoker = (
  world: World,
  directory: FunctionDirectory,
  invoker: Invoker,
  settingsOf: ReadonlyMap<string, AsyncSettings>,
): AsyncInvoker => {
  const retryIn = async (event: AsyncEvent, delayMs: number, answer: CompletedInvocation | undefined) => {
    const dueAtMs = world.clock.now() + delayMs;
    if (dueAtMs - event.acceptedAtMs > event.settings.maxAgeMs)
      return conclude(world, event, 'EventAgeExceeded', answer);
    noteEvent(world, event, {
      outcome: 'failed',
      nextAttemptAtMs: dueAtMs,
      ...(!answer && { error: 'Rate Exceeded.' }),
    });
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
        return conclude(world, event, 'RetriesExhausted', undefined);
      }
      return retryIn(event, throttleDelayMs(event.throttles++), undefined);
    }
    event.invokeCount++;
    if (!answer.functionError) return conclude(world, event, 'Success', answer);
    if (event.invokeCount > event.settings.maxRetries) return conclude(world, event, 'RetriesExhausted', answer);
    return retryIn(event, RETRY_DELAYS_MS[event.invokeCount - 1] ?? 0, answer);
  };

  /** Not awaited by the agenda: an event that runs long must not hold back what is due after it. */
  const begin = (event: AsyncEvent): void => {
    world.agenda.follow({ what: 'invoke event', subject: event.resolved.fn.name }, attempt(event));
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
      const event = { request, requestId, resolved, settings, acceptedAtMs, invokeCount: 0, throttles: 0 };
      begin({ ...event });
      if (world.gate.repeats('event')) begin({ ...event });
      return requestId;
    },
  };
};
