// @ts-check
import dgram from 'node:dgram';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { Readable } from 'node:stream';
import { SimulatedRequest } from './simulated-request.js';
import { FakeDatagramSocket, FakeSocket } from './simulated-sockets.js';
import { needState } from './simulated-state.js';

/**
 * What the main thread answers a call with; `code` when the connection broke.
 * @typedef {{ status: number, headers: Record<string, string | string[]>, body: Uint8Array, code?: string }} Reply
 */

/** @param {Reply} reply */
const responseOf = ({ status, headers, body }) => {
  const response = new Readable({ read: () => undefined });
  if (body.length > 0) response.push(Buffer.from(body));
  response.push(null);
  const rawHeaders = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().flatMap((single) => [name, single]),
  );
  return Object.assign(response, {
    statusCode: status,
    statusMessage: http.STATUS_CODES[status] ?? '',
    httpVersion: '1.1',
    headers,
    rawHeaders,
    trailers: {},
    complete: true,
    socket: new FakeSocket(),
    setTimeout: () => response,
  });
};

/** `request(options, callback)`, `request(url, callback)` and `request(url, options, callback)`. @param {any[]} values */
const settingsOf = (values) => {
  const [first, second] = values;
  const callback = values.find((value) => typeof value === 'function');
  const isUrl = typeof first === 'string' || first instanceof URL;
  const options = (isUrl ? second : first) ?? {};
  if (!isUrl) return { ...options, callback };
  const { hostname, port, pathname, search, protocol } = new URL(first);
  const given = typeof options === 'function' ? {} : options;
  return { hostname, port, path: `${pathname}${search}`, protocol, ...given, callback };
};

const NO_CONTENT = [204, 205, 304];

/** @param {string | URL | Request} input @param {RequestInit} [init] @returns {Promise<Response>} */
const simulatedFetch = async (input, init) => {
  const asked = new Request(input, init);
  const body = Buffer.from(await asked.arrayBuffer());
  const { method, signal, url } = asked;
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { method, headers: Object.fromEntries(asked.headers), signal }, (response) => {
      /** @type {Buffer[]} */
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const status = response.statusCode ?? 500;
        const headers = new Headers();
        for (const [name, value] of Object.entries(response.headers)) headers.set(name, String(value));
        resolve(new Response(NO_CONTENT.includes(status) ? null : Buffer.concat(chunks), { status, headers }));
      });
    });
    sent.on('error', (cause) => reject(new TypeError('fetch failed', { cause })));
    sent.end(body);
  });
};

/**
 * Replaces what leads out of the thread: HTTP goes to the main thread as messages, datagrams are lost, and other
 * connections are refused.
 */
export const replaceNetwork = () => {
  for (const [module, protocol] of /** @type {const} */ ([
    [http, 'http:'],
    [https, 'https:'],
  ])) {
    /** @param {...any} values */
    const request = (...values) => {
      const settings = settingsOf(values);
      return new SimulatedRequest(settings.protocol ?? protocol, settings);
    };
    Object.assign(module, { request, get: (/** @type {any[]} */ ...values) => request(...values).end() });
  }
  globalThis.fetch = simulatedFetch;
  Object.assign(dgram, { createSocket: () => new FakeDatagramSocket() });
  net.Socket.prototype.connect = () => {
    throw new Error('under simulation a function reaches the system over HTTP only');
  };
};

/** @param {import('./simulated-state.js').WaitingCall} request @param {Reply} reply */
const deliver = (request, reply) => {
  if (reply.code) {
    request.destroy(Object.assign(new Error('socket hang up'), { code: reply.code }));
    return;
  }
  const response = responseOf(reply);
  response.once('close', () => request.destroy());
  if (!request.emit('response', response)) response.resume();
};

/** @param {number} call @param {Reply} reply */
export const takeReply = (call, reply) => {
  const { calls } = needState();
  const request = calls.get(call);
  if (!request) return;
  calls.delete(call);
  clearTimeout(request.timer);
  process.nextTick(deliver, request, reply);
};
