import { type TextPattern, textPattern } from './text-pattern.ts';

/** `arn:partition:service:region:account:resource`; the resource may hold colons itself. */
const SEGMENTS = 6;

const split = (text: string, separator: RegExp): readonly string[] => {
  const pieces = text.split(separator);
  return [
    ...pieces.slice(0, SEGMENTS - 1),
    ...(pieces.length < SEGMENTS ? [] : [pieces.slice(SEGMENTS - 1).join(':')]),
  ];
};

const segmentsOf = (arn: string): readonly string[] => split(arn, /:/);

/** Not at a colon within `${aws:username}`. */
const OUTSIDE_VARIABLES = /:(?![^${]*\})/;

const isArn = (value: string): boolean => value.startsWith('arn:');

/**
 * An ARN in which each segment is compared by itself, so that a `*` for the region does not take in the account. Segments that
 * are left out at the end stand for anything.
 */
export const arnPattern = (text: string, { variables }: { readonly variables: boolean }): TextPattern => {
  const rules = { wildcards: true, variables };
  if (!isArn(text)) return textPattern(text, rules);
  const written = split(text, OUTSIDE_VARIABLES);
  const segments = Array.from({ length: SEGMENTS }, (_, index) => textPattern(written[index] ?? '*', rules));
  return {
    text,
    usesContext: segments.some(({ usesContext }) => usesContext),
    isResolved: (context) => segments.every((segment) => segment.isResolved(context)),
    matches: (value, context) => {
      if (!isArn(value)) return false;
      const given = segmentsOf(value);
      return segments.every((segment, index) => segment.matches(given[index] ?? '', context));
    },
  };
};
