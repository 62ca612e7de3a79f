import type { IncomingMessage } from 'node:http';

/** Bytes of the request line and headers, which AWS caps at 10,240 (API Gateway quotas for HTTP APIs). */
export const MAX_HEAD_BYTES = 10_240;

export const headBytes = (request: IncomingMessage): number => {
  let bytes = (request.method?.length ?? 0) + (request.url?.length ?? 0) + request.httpVersion.length;
  for (const text of request.rawHeaders) bytes += text.length;
  return bytes;
};
