import type { Context, LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { CALLER_HEADER } from '../../kernel/calls/service-client.ts';
import type { QueryContract } from '../../kernel/messages/contract.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { notFound, Refused } from '../../kernel/values/errors.ts';
import type { Principal, VerifyToken } from '../../kernel/values/principal.ts';
import { errorFields } from '../error-fields.ts';
import { recordFailures } from '../failures.ts';
import type { MessageContext } from '../message-context.ts';
import { answerOf } from './answer.ts';
import { checkSize, readBody } from './body.ts';
import { principalOf } from './claims.ts';
import { problemOf } from './problem.ts';
import { causeOfRequest } from './request-cause.ts';
import { DEFECT_STATUS } from './status.ts';
import { validate } from './validation.ts';

/** What an answer may need to know of the question. */
export interface QuestionContext extends MessageContext {
  /** The person that it is asked for, by a token that was verified here. */
  readonly caller: Principal | undefined;
}

/** One question that a service answers. Make it with `answering`, which ties the types of both sides together. */
export interface Answering {
  readonly type: string;
  readonly caller: QueryContract['caller'];
  /** Throws Refused `unprocessable` for a body that breaks the contract, and an Error for an answer that does. */
  readonly answer: (body: unknown, context: QuestionContext) => Promise<unknown>;
}

export const answering = <Request, Response>(
  { type, caller, request, response }: QueryContract<Request, Response>,
  answer: (request: Request, context: QuestionContext) => Promise<Response>,
): Answering => ({
  type,
  caller,
  answer: async (body, context) => {
    const answered = await answer(validate(request, body, { outcome: 'unprocessable', base: '#' }), context);
    const parsed = response.safeParse(answered);
    if (!parsed.success) throw new Error(`the answer to ${type} breaks its contract`);
    return parsed.data;
  },
});

const PATH = '/internal/';

const OK = 200;

const unauthenticated = new Refused({
  outcome: 'unauthenticated',
  code: 'unauthenticated',
  detail: 'The token of the person that this is asked for is missing or not valid.',
});

/** Throws Refused for a token that is not good, and for none where one is required. */
const callerOf = async (
  { headers }: Pick<LambdaFunctionURLEvent, 'headers'>,
  asked: QueryContract['caller'],
  { verify, hash }: { readonly verify: VerifyToken; readonly hash: Runtime['hash'] },
): Promise<Principal | undefined> => {
  const token = headers[CALLER_HEADER];
  if (token === undefined && asked !== 'required') return undefined;
  const claims = token === undefined ? undefined : await verify(token);
  const principal = principalOf(claims, hash);
  if (principal === undefined) throw unauthenticated;
  return principal;
};

/**
 * The function that answers other services: `POST /internal/<type>` with the request as JSON. Its URL asks for IAM
 * signatures, so every service that gets here may ask; who it asks for, says a token that is verified here.
 */
export const internalApiHandler = (
  answerings: readonly Answering[],
  runtime: Runtime,
  verify: VerifyToken,
): ((
  event: LambdaFunctionURLEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<LambdaFunctionURLResult>) => {
  const { clock, log, metrics, tracing } = runtime;

  const answerTo = async (event: LambdaFunctionURLEvent, context: MessageContext): Promise<unknown> => {
    const { method } = event.requestContext.http;
    const found = answerings.find(({ type }) => event.rawPath === `${PATH}${type}`);
    if (found === undefined) throw new Refused(notFound('question'));
    if (method !== 'POST') {
      throw new Refused({
        outcome: 'method_not_allowed',
        code: 'method-not-allowed',
        detail: 'Ask by POST.',
        allow: ['POST'],
      });
    }
    checkSize(event);
    const body = readBody(event);
    const caller = await callerOf(event, found.caller, { verify, hash: runtime.hash });
    return await tracing.span(found.type, { correlationId: context.cause.correlationId }, () =>
      found.answer(body, { ...context, caller }),
    );
  };

  return async (event, context) => {
    const startedMs = clock.now();
    const cause = causeOfRequest(event.headers, event.requestContext.requestId, runtime);
    const requestLog = log.with({ question: event.rawPath.slice(0, 100), correlationId: cause.correlationId });
    const record = (status: number, thrown?: unknown): void => {
      const ms = clock.now() - startedMs;
      const failed = status >= DEFECT_STATUS;
      const fields = { status, ms, ...(thrown ? errorFields(thrown) : {}) };
      if (failed) requestLog.error('question failed', fields);
      else requestLog.info('question', fields);
      recordFailures(metrics, failed ? 1 : 0, [thrown]);
    };
    try {
      const remainingMs = () => context.getRemainingTimeInMillis();
      const body = await answerTo(event, { cause, log: requestLog, remainingMs });
      record(OK);
      return answerOf({ status: OK, body }, cause.correlationId);
    } catch (thrown) {
      const problem = problemOf(thrown, event.rawPath, cause.correlationId);
      record(problem.status, thrown);
      return answerOf(problem, cause.correlationId);
    }
  };
};
