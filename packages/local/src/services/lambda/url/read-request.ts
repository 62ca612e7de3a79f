import type { IncomingMessage } from 'node:http';
import { type HttpRequest, requestOf } from '../../../http/request.ts';

/** The request, or undefined when its body is longer than `maxBytes`. */
export const readRequest = async (incoming: IncomingMessage, maxBytes: number): Promise<HttpRequest | undefined> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
  }
  if (bytes > maxBytes) return undefined;
  return requestOf(incoming, Buffer.concat(chunks));
};
