/** The member that distinguishes the cases of a union. Anything else of a value may be a secret. */
const caseOf = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return typeof value;
  const { type, kind }: { readonly type?: unknown; readonly kind?: unknown } = value;
  return String(type ?? kind ?? 'object');
};

/**
 * Ends an exhaustive switch: a new member of the union stops compiling here. At run time a value that another version of
 * the code made can arrive; the message names its case and nothing else, because messages are logged.
 */
export const never = (value: never): never => {
  throw new Error(`unhandled case: ${caseOf(value)}`);
};
