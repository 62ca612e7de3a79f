/**
 * A text that goes to where it is needed and nowhere else. It is no JSON: what would write it into an event, a message or
 * a log does not compile, and throws if it is reached all the same.
 */
export class Secret {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  reveal(): string {
    return this.#text;
  }
  toString(): string {
    return '[secret]';
  }
  toJSON(): never {
    throw new Error('a secret is not written');
  }
}
