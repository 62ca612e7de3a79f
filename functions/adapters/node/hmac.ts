import { createHmac, randomBytes } from 'node:crypto';

/** HMAC with SHA-256, hexadecimal. */
export const hmacSha256 = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('hex');

const SECRET_BYTES = 32;

export const newSecret = (): string => randomBytes(SECRET_BYTES).toString('hex');
