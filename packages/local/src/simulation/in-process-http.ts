import { IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { World } from '../core/world.ts';

export interface InProcessRequest {
  readonly method: string;
  readonly port: number;
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface InProcessAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
  /** Why there is none: the connection broke, or nobody listens. */
  readonly code?: 'ECONNRESET' | 'ECONNREFUSED';
}

/** Listeners without sockets: no byte leaves the process, and no port of the machine is taken. */
export interface InProcessHttp {
  readonly listen: World['listen'];
  request(request: InProcessRequest): Promise<InProcessAnswer>;
}

/** Collects what a response writes. */
class Wire extends Socket {
  readonly chunks: Buffer[] = [];
  override readonly remoteAddress = '127.0.0.1';
  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    this.chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
    done();
  }
  override _writev(writes: readonly { chunk: Buffer | string; encoding: BufferEncoding }[], done: () => void): void {
    for (const { chunk, encoding } of writes) this._write(chunk, encoding, () => undefined);
    done();
  }
}

const broken = (code: 'ECONNRESET' | 'ECONNREFUSED'): InProcessAnswer => ({
  status: 0,
  headers: {},
  body: Buffer.alloc(0),
  code,
});

const HEAD_END = '\r\n\r\n';

const parse = (written: Buffer): InProcessAnswer => {
  const end = written.indexOf(HEAD_END);
  const [statusLine = '', ...lines] = written.subarray(0, end).toString('latin1').split('\r\n');
  const headers: Record<string, string | string[]> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = headers[name];
    if (name === 'set-cookie') headers[name] = before === undefined ? [value] : [before, value].flat();
    else headers[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return { status: Number(statusLine.split(' ')[1]), headers, body: written.subarray(end + HEAD_END.length) };
};

const incomingOf = ({ method, path, headers, body }: InProcessRequest, wire: Wire): IncomingMessage => {
  const incoming = new IncomingMessage(wire);
  const sent = { ...headers, ...(body.length > 0 && { 'content-length': String(body.length) }) };
  Object.assign(incoming, { method, url: path, httpVersion: '1.1', headers: sent, complete: true });
  incoming.rawHeaders = Object.entries(sent).flat();
  if (body.length > 0) incoming.push(body);
  incoming.push(null);
  return incoming;
};

export const createInProcessHttp = (): InProcessHttp => {
  const listeners = new Map<number, RequestListener>();
  let nextPort = 40_001;
  return {
    listen: async (_name, onRequest, port = 0) => {
      const taken = port === 0 || listeners.has(port) ? nextPort++ : port;
      listeners.set(taken, onRequest);
      return { url: `http://127.0.0.1:${taken}`, port: taken };
    },
    request: (request) =>
      new Promise((resolve) => {
        const listener = listeners.get(request.port);
        if (!listener) {
          resolve(broken('ECONNREFUSED'));
          return;
        }
        const wire = new Wire();
        const outgoing = new ServerResponse(incomingOf(request, wire));
        outgoing.sendDate = false;
        outgoing.assignSocket(wire);
        outgoing.on('finish', () => resolve(parse(Buffer.concat(wire.chunks))));
        outgoing.on('close', () => resolve(broken('ECONNRESET')));
        listener(outgoing.req, outgoing);
      }),
  };
};
