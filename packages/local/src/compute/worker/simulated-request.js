// @ts-check
import { Writable } from 'node:stream';
import { FakeSocket } from './simulated-sockets.js';
import { needState, say } from './simulated-state.js';

/** What `request` of `node:http` gives, as far as clients use it. */
export class SimulatedRequest extends Writable {
  /** @param {'http:' | 'https:'} protocol @param {any} settings */
  constructor(protocol, settings) {
    // A request outlives its writing: it closes when its answer has been read.
    super({ autoDestroy: false });
    const { method = 'GET', path = '/', headers = {}, callback, signal, timeout } = settings;
    this.protocol = protocol;
    this.method = method.toUpperCase();
    this.path = path;
    this.host = settings.hostname ?? settings.host ?? 'localhost';
    this.port = Number(settings.port || (protocol === 'https:' ? 443 : 80));
    this.reusedSocket = true;
    this.aborted = false;
    this.call = 0;
    /** @type {Buffer[]} */
    this.chunks = [];
    /** @type {Map<string, string>} */
    this.sent = new Map([['host', `${this.host}:${this.port}`]]);
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) this.setHeader(name, value);
    if (callback) this.once('response', callback);
    if (timeout) this.setTimeout(timeout);
    if (signal) this.obey(signal);
    process.nextTick(() => this.emit('socket', new FakeSocket()));
  }
  /** @param {AbortSignal} signal */
  obey(signal) {
    const abort = () => this.destroy(new DOMException('The operation was aborted', 'AbortError'));
    if (signal.aborted) process.nextTick(abort);
    else signal.addEventListener('abort', abort, { once: true });
    this.once('close', () => signal.removeEventListener('abort', abort));
  }
  /** @param {string} name @param {unknown} value */
  setHeader(name, value) {
    this.sent.set(name.toLowerCase(), [value].flat().join(', '));
    return this;
  }
  /** @param {string} name */
  getHeader(name) {
    return this.sent.get(name.toLowerCase());
  }
  getHeaders() {
    return Object.fromEntries(this.sent);
  }
  /** @param {string} name */
  hasHeader(name) {
    return this.sent.has(name.toLowerCase());
  }
  /** @param {string} name */
  removeHeader(name) {
    this.sent.delete(name.toLowerCase());
  }
  flushHeaders() {}
  setNoDelay() {}
  setSocketKeepAlive() {}
  /** @param {number} delayMs @param {() => void} [onTimeout] */
  setTimeout(delayMs, onTimeout) {
    clearTimeout(this.timer);
    if (onTimeout) this.once('timeout', onTimeout);
    if (delayMs > 0) this.timer = setTimeout(() => this.emit('timeout'), delayMs);
    return this;
  }
  abort() {
    this.aborted = true;
    this.destroy();
  }
  /** @override @param {any} chunk @param {BufferEncoding} encoding @param {() => void} done */
  _write(chunk, encoding, done) {
    this.chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk));
    done();
  }
  /** @override @param {() => void} done */
  _final(done) {
    const state = needState();
    this.call = ++state.lastCall;
    state.calls.set(this.call, this);
    const { method, path, host, port } = this;
    const headers = this.getHeaders();
    say(['call', this.call, { method, path, host, port, headers, body: Buffer.concat(this.chunks) }]);
    done();
  }
  /** @override @param {Error | null} error @param {(error?: Error | null) => void} done */
  _destroy(error, done) {
    clearTimeout(this.timer);
    const wasWaiting = needState().calls.delete(this.call);
    if (wasWaiting) say(['abandoned', this.call]);
    const hungUp = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    done(wasWaiting ? (error ?? hungUp) : error);
  }
}
