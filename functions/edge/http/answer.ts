import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { etagOfContent } from '../../kernel/values/etag.ts';
import type { HttpAnswer } from './request.ts';

/** Every answer depends on who asks. */
const CACHE = { 'cache-control': 'no-store' };

/** An answer as it is sent: its body as text, and its ETag over that text. */
export interface WrittenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text?: string;
}

export const writtenAnswer = (
  { status, body, headers = {} }: HttpAnswer,
  hash: (text: string) => string,
): WrittenAnswer => {
  if (body === undefined) return { status, headers };
  const text = JSON.stringify(body);
  const { etag } = headers;
  return {
    status,
    text,
    headers: etag === undefined ? headers : { ...headers, etag: etagOfContent(etag, text, hash) },
  };
};

export const resultOf = (
  { status, text, headers }: WrittenAnswer,
  correlationId: string,
): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: {
    ...CACHE,
    ...(text === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
    'x-correlation-id': correlationId,
  },
  ...(text === undefined ? {} : { body: text }),
});

/** For an answer without an ETag. */
export const answerOf = (
  { status, body, headers = {} }: HttpAnswer,
  correlationId: string,
): APIGatewayProxyStructuredResultV2 =>
  resultOf({ status, headers, ...(body !== undefined && { text: JSON.stringify(body) }) }, correlationId);
