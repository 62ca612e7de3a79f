/** A strong ETag (RFC 9110 §8.8.3) out of an aggregate's version. */
export const etag = (version: number): string => `"${version}"`;

/** The version that a strong ETag of ours names; undefined for a weak or a foreign one. */
export const versionOfEtag = (text: string): number | undefined => {
  const digits = /^"(\d{1,15})"$/.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
};
