import type { IncomingMessage } from 'node:http';
import type { SignedRequest } from '../../../http/sigv4.ts';

/** The request, or undefined when its body is longer than `maxBytes`. */
export const readRequest = async (incoming: IncomingMessage, maxBytes: number): Promise<SignedRequest | undefined> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
  }
  if (bytes > maxBytes) return undefined;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return { method: incoming.method ?? 'GET', url: incoming.url ?? '/', headers, body: Buffer.concat(chunks) };
};
