import { isExpected } from '../support/invocations.ts';
import type { Ran } from './sam-cli.ts';

const tail = (text: string): string => text.trimEnd().split('\n').slice(-6).join('\n');

const parsed = (text: string): { readonly answer: unknown } | undefined => {
  try {
    return { answer: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const errorOf = (answer: unknown): string | undefined =>
  typeof answer === 'object' && answer !== null && 'errorType' in answer
    ? `${String(answer.errorType)}: ${'errorMessage' in answer ? String(answer.errorMessage) : ''}`
    : undefined;

/**
 * What is wrong with an invocation; nothing when it went as its event says. SAM exits with 0 also when the function
 * throws, whose error is the answer then, and when it times out, which leaves no answer.
 */
export const complaint = (name: string, { exitCode, stdout, stderr }: Ran): string | undefined => {
  const found = parsed(stdout);
  if (!found) return `no answer (exit code ${exitCode}):\n${tail(stderr)}`;
  const thrown = errorOf(found.answer);
  if (thrown !== undefined) return `the function threw ${thrown}`;
  if (exitCode !== 0) return `exit code ${exitCode}:\n${tail(stderr)}`;
  return isExpected(name, found.answer) ? undefined : `unexpected answer ${stdout.trim()}`;
};
