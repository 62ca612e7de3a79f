/**
 * A strong ETag (RFC 9110 §8.8.3) out of an aggregate's version. `beside` is what a representation shows that changes
 * without a new version: the tag changes with it.
 */
export const etag = (version: number, beside?: number): string =>
  beside === undefined ? `"${version}"` : `"${version}-${beside}"`;

/** The version that a strong ETag of ours names, whatever lay beside it; undefined for a weak or a foreign one. */
export const versionOfEtag = (text: string): number | undefined => {
  const digits = /^"(\d{1,15})(-\d{1,15})?"$/.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
};
