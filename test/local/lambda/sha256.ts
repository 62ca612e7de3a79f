import { createHash, createHmac } from 'node:crypto';

/** The hash that the SDK's signer wants, made of node:crypto. */
export class Sha256 {
  #hash;
  constructor(secret?: string | Uint8Array) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }
  update(data: string | Uint8Array) {
    this.#hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.#hash.digest());
  }
  reset() {}
}
