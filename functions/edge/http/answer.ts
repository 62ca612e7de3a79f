import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { HttpAnswer } from './request.ts';

/** Every answer depends on who asks. */
const CACHE = { 'cache-control': 'no-store' };

export const answerOf = (
  { status, body, headers = {} }: HttpAnswer,
  correlationId: string,
): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: {
    ...CACHE,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
    'x-correlation-id': correlationId,
  },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});
