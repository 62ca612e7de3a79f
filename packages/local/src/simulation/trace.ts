import { createHash } from 'node:crypto';

export interface Trace {
  note(atMs: number, kind: string, subject: string, content?: string): void;
  /** Of all that was noted so far. */
  hash(): string;
}

/** A token is told by its claims: the key that signs it is another one in each process. */
const TOKEN = /eyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]*/g;
/** Where the code of a failed function lies differs from machine to machine. */
const STACK = /"(?:trace|stack)":(?:\[[^\]]*\]|"(?:[^"\\]|\\.)*")/g;

/** Everything that passed a gate, in order, as one running hash: the same for the same seed and assembly. */
export const createTrace = (onNote?: (line: string) => void): Trace => {
  const hash = createHash('sha256');
  let startedAtMs: number | undefined;
  return {
    note: (atMs, kind, subject, content = '') => {
      startedAtMs ??= atMs;
      const told = content.replace(TOKEN, '$1').replace(STACK, '');
      const line = `${atMs - startedAtMs} ${kind} ${subject} ${told}\n`;
      hash.update(line);
      onNote?.(line);
    },
    hash: () => hash.copy().digest('hex'),
  };
};
