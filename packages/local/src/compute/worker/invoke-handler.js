// @ts-check
import { RuntimeError } from './error-document.js';

/**
 * What the main thread sends for one invocation.
 * @typedef {readonly [requestId: string, payload: string, remainingMs: number, functionArn: string, traceHeader: string]} Invocation
 */

/** @param {Invocation} invocation */
const contextOf = ([awsRequestId, , remainingMs, invokedFunctionArn]) => {
  // A monotonic deadline: the runtime's clock may be a virtual one that this thread cannot see.
  const deadline = performance.now() + remainingMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn,
    awsRequestId,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
};

/** From Node.js 24 on, the runtime refuses handlers that take a callback. */
const takesCallbacks = () => Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV ?? '')?.[1] ?? 24) < 24;

/** @param {Function} handler */
export const refuseCallbackHandler = (handler) => {
  if (takesCallbacks() || handler.length < 3) return;
  throw new RuntimeError(
    'Runtime.CallbackHandlerDeprecated',
    'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. ' +
      'You need to modify this function to use a supported handler signature to use Node.js 24 or later.',
  );
};

/**
 * @param {Function} handler
 * @param {Invocation} invocation
 * @returns {Promise<string>} the answer as JSON text
 */
export const invokeHandler = async (handler, invocation) => {
  process.env._X_AMZN_TRACE_ID = invocation[4];
  const answer = await new Promise((resolve, reject) => {
    /** @param {unknown} error @param {unknown} value */
    const callback = (error, value) => (error ? reject(error) : resolve(value));
    const event = JSON.parse(invocation[1]);
    if (!takesCallbacks()) return resolve(handler(event, contextOf(invocation)));
    const returned = handler(event, contextOf(invocation), callback);
    if (typeof returned?.then === 'function') resolve(returned);
    else if (handler.length < 3) resolve(null);
    return undefined;
  });
  try {
    return JSON.stringify(answer) ?? 'null';
  } catch (cause) {
    throw new Error('Unable to stringify response body', { cause });
  }
};
