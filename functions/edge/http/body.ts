import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Refused } from '../../kernel/values/errors.ts';
import type { Json } from '../../kernel/values/json.ts';
import { parseJson } from './safe-json.ts';

/** Our own cap, far below Lambda's 6 MB, so that a refusal is ours to word. */
const MAX_BODY_BYTES = 128 * 1024;

const MEDIA_TYPE = /^application\/(?:json|[\w.-]+\+json)$/i;

const CHARSET = /^charset="?([^"]*)"?$/i;

/** ASCII is a part of UTF-8. */
const CHARSETS: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii']);

const isJson = (contentType: string): boolean => {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim());
  const charsets = parameters.flatMap((parameter) => CHARSET.exec(parameter)?.[1] ?? []);
  return MEDIA_TYPE.test(type) && charsets.every((charset) => CHARSETS.has(charset.toLowerCase()));
};

const unsupported = (code: string, detail: string): Refused =>
  new Refused({ outcome: 'unsupported_media_type', code, detail });

/** Bytes that the caller says mean something else are not read as if they did not. */
const checkType = ({ 'content-type': type = '', 'content-encoding': encoding = 'identity' }: Headers): void => {
  if (!isJson(type)) throw unsupported('unsupported-media-type', 'The body must be application/json in UTF-8.');
  if (encoding.trim().toLowerCase() !== 'identity') {
    throw unsupported('unsupported-content-encoding', 'The body must not be compressed: no Content-Encoding.');
  }
};

type Headers = APIGatewayProxyEventV2['headers'];

const bytesOf = ({ body, isBase64Encoded }: Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>): Uint8Array =>
  Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');

const textOf = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refused({ outcome: 'invalid', code: 'malformed-json', detail: 'The body is not UTF-8.' });
  }
};

/** Throws Refused `too_large` above the cap, whether or not anybody wants the body. */
export const checkSize = (event: Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>): void => {
  if (bytesOf(event).byteLength <= MAX_BODY_BYTES) return;
  throw new Refused({
    outcome: 'too_large',
    code: 'body-too-large',
    detail: `The body is larger than ${MAX_BODY_BYTES} bytes.`,
  });
};

/** Throws Refused `invalid` for none or no JSON, `unsupported_media_type` for another kind of body. */
export const readBody = (event: Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded' | 'headers'>): Json => {
  const bytes = bytesOf(event);
  if (bytes.byteLength === 0) {
    throw new Refused({ outcome: 'invalid', code: 'missing-body', detail: 'A JSON body is required.' });
  }
  checkType(event.headers);
  return parseJson(textOf(bytes));
};
