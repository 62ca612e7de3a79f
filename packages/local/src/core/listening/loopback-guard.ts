import type { IncomingMessage, ServerResponse } from 'node:http';

const LOCAL_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * False for a request that a web page makes: one by a foreign name that resolves to this machine (DNS rebinding), or one
 * that a browser sends across origins.
 */
export const isLocalRequest = ({ headers }: IncomingMessage): boolean =>
  LOCAL_HOST.test(headers.host ?? '') && (headers.origin === undefined || LOCAL_HOST.test(hostOf(headers.origin)));

const hostOf = (origin: string): string => origin.replace(/^https?:\/\//, '');

export const refuseForeign = (outgoing: ServerResponse): void => {
  outgoing.writeHead(403, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify({ message: 'only requests from this machine, by its loopback address, are answered' }));
};
