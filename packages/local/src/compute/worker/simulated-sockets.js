// @ts-check
import { EventEmitter } from 'node:events';

/** A socket that leads nowhere; its methods can be called one after another. */
export class FakeSocket extends EventEmitter {
  connecting = false;
  remoteAddress = '127.0.0.1';
  setKeepAlive() {
    return this;
  }
  setNoDelay() {
    return this;
  }
  setTimeout() {
    return this;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  destroy() {
    return this;
  }
}

/** Its datagrams are lost. */
export class FakeDatagramSocket extends FakeSocket {
  bind() {
    return this;
  }
  close() {
    return this;
  }
  address() {
    return { address: '127.0.0.1', port: 0, family: 'IPv4' };
  }
  /** @param {...any} values */
  send(...values) {
    const sent = values.at(-1);
    if (typeof sent === 'function') process.nextTick(sent, null);
  }
}
