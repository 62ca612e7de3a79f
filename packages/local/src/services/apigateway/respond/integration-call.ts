import { AwsError } from '../../../core/aws-call.ts';
import { patience } from '../../../core/patience.ts';
import type { InvocationRequest, InvocationResult } from '../../../core/ports.ts';
import { messageOf } from '../../../core/thrown.ts';
import type { World } from '../../../core/world.ts';
import { type AnswerRules, readAnswer } from '../../../http/payload-v2/answer.ts';
import type { HttpResponse } from '../../../http/response.ts';
import type { Exchange } from '../request/exchange.ts';
import { entityTooLarge, internalServerError, serviceUnavailable } from './gateway-response.ts';

const ANSWER_RULES: AnswerRules = { contentType: 'text/plain;charset=UTF-8', otherBodies: 'refused' };

const invokeWithin = (
  world: World,
  request: InvocationRequest,
  timeoutMs: number,
): Promise<InvocationResult | 'timed out'> =>
  new Promise((resolve, reject) => {
    const guard = world.agenda.schedule(
      {
        dueAtMs: world.clock.now() + patience(world, timeoutMs),
        kind: 'planned',
        what: 'integration timeout',
        subject: request.functionName,
      },
      () => resolve('timed out'),
    );
    world
      .need('functions')
      .invoke(request)
      .then(resolve, reject)
      .finally(() => world.agenda.cancel(guard));
  });

const refusalOf = (error: unknown): HttpResponse => {
  if (error instanceof AwsError && error.status === 429) return serviceUnavailable;
  if (error instanceof AwsError && error.status === 413) return entityTooLarge;
  return internalServerError;
};

/** Invokes the function and reads its answer; whatever goes wrong becomes the answer API Gateway gives, with the reason in the exchange. */
export const callIntegration = async (
  world: World,
  exchange: Exchange,
  request: InvocationRequest,
  timeoutMs: number,
): Promise<HttpResponse> => {
  const beganMs = world.clock.now();
  try {
    const result = await invokeWithin(world, request, timeoutMs);
    exchange.integrationLatencyMs = world.clock.now() - beganMs;
    if (result === 'timed out') {
      exchange.integrationError = `the integration did not answer within ${timeoutMs} ms`;
      return serviceUnavailable;
    }
    exchange.invocationId = result.requestId;
    if (result.functionError) {
      exchange.integrationError = 'the Lambda function returned an error: see its invocation';
      return internalServerError;
    }
    const response = readAnswer(result.payload, ANSWER_RULES);
    if (response) return response;
    exchange.integrationError = 'the Lambda function returned no valid response for payload format 2.0';
    return internalServerError;
  } catch (error) {
    exchange.integrationLatencyMs = world.clock.now() - beganMs;
    exchange.integrationError = messageOf(error);
    return refusalOf(error);
  }
};
