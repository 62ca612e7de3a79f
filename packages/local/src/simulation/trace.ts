import { createHash } from 'node:crypto';

export interface Trace {
  note(atMs: number, kind: string, subject: string, content?: string): void;
  /** Of all that was noted so far. */
  hash(): string;
}

/** A token is told by its claims: the key that signs it is another one in each process. */
const TOKEN = /eyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]*/g;
/** The published half of that key, and what a request is signed with that carries a token. */
const KEY = /"(?:kid|n)":"[\w+/=-]{20,}"/g;
const SIGNATURE = /Signature=[0-9a-f]{64}/g;
/** Where the code of a failed function lies differs from machine to machine. */
const STACK = /"(?:trace|stack)":(?:\[[^\]]*\]|"(?:[^"\\]|\\.)*")/g;

/** Everything that passed a gate, in order, as one running hash: the same for the same seed and assembly. */
export const createTrace = (onNote?: (line: string) => void): Trace => {
  const hash = createHash('sha256');
  let startedAtMs: number | undefined;
  return {
    note: (atMs, kind, subject, content = '') => {
      startedAtMs ??= atMs;
      const unsigned = content.replace(TOKEN, '$1').replace(KEY, '');
      const told = (unsigned === content ? content : unsigned.replace(SIGNATURE, '')).replace(STACK, '');
      const line = `${atMs - startedAtMs} ${kind} ${subject} ${told}\n`;
      hash.update(line);
      onNote?.(line);
    },
    hash: () => hash.copy().digest('hex'),
  };
};
