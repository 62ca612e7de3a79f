import { connect } from 'node:http2';

/*
 * What the container is asked for its health: exit code 0 when the server says SERVING. It runs every few seconds on a small
 * processor, so it speaks the few bytes of grpc.health.v1 itself.
 */

const TIMEOUT_MS = 2_000;

/** One message: not compressed, empty. */
const REQUEST = Buffer.from([0, 0, 0, 0, 0]);

/** One message of two bytes: field 1, a number, is 1. */
const SERVING = Buffer.from([0, 0, 0, 0, 2, 8, 1]);

const end = (code: number): never => process.exit(code);

setTimeout(() => end(1), TIMEOUT_MS);
const session = connect(`http://127.0.0.1:${process.env.PORT ?? ''}`).on('error', () => end(1));
const stream = session.request({
  ':method': 'POST',
  ':path': '/grpc.health.v1.Health/Check',
  'content-type': 'application/grpc',
  te: 'trailers',
});
const chunks: Buffer[] = [];
stream
  .on('data', (chunk: Buffer) => chunks.push(chunk))
  .on('error', () => end(1))
  .on('end', () => end(Buffer.concat(chunks).equals(SERVING) ? 0 : 1))
  .end(REQUEST);
