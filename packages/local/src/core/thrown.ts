/**
 * Reads what was thrown by its shape: an error of another realm (a worker, a vm context) is no `instanceof Error`.
 */
const memberOf = (thrown: unknown, name: string): string | undefined => {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  const value: unknown = Reflect.get(thrown, name);
  return typeof value === 'string' ? value : undefined;
};

export const messageOf = (thrown: unknown): string => memberOf(thrown, 'message') ?? String(thrown);

/** The stack, which begins with the message. */
export const stackOf = (thrown: unknown): string => memberOf(thrown, 'stack') ?? messageOf(thrown);

/** Node's `ENOENT`, `EADDRINUSE` …, or an AWS error's code. */
export const codeOf = (thrown: unknown): string | undefined => memberOf(thrown, 'code');
