import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

const NOTHING = Buffer.alloc(0);

/**
 * Collects a body; `aborted` when the client went away before its end. Listeners rather than `for await`: every call of
 * every request comes through here, and the iterator costs 20 µs.
 */
export const readBody = (
  request: IncomingMessage,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<Buffer | 'too large' | 'aborted'> => {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding === undefined && (length === undefined || length === '0')) return Promise.resolve(NOTHING);
  if (Number(length ?? 0) > maxBytes) return Promise.resolve('too large');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else resolve('too large');
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', () => resolve('aborted'));
  });
};

const TEXT = /^\s*(?:text\/|application\/(?:json|xml|javascript|[^;\s]+\+(?:json|xml))\s*(?:;|$))/i;

const isTextByType = new Map<string, boolean>();

/** Whether a body travels as it is: other types (form posts among them) go as base64, as HTTP APIs send them. */
export const isTextBody = (contentType: string | undefined, body: Buffer): boolean => {
  if (contentType === undefined) return isUtf8(body);
  let text = isTextByType.get(contentType);
  if (text === undefined) {
    text = TEXT.test(contentType);
    if (isTextByType.size < 500) isTextByType.set(contentType, text);
  }
  return text && isUtf8(body);
};
