/**
 * The tag of an aggregate's version. The edge adds a code over the content, so that two representations of one version have
 * two tags.
 */
export const etag = (version: number): string => `"${version}"`;

const CODE_LENGTH = 16;

/** A strong ETag (RFC 9110 §8.8.3): the version's tag with a code over the bytes that are sent, in hexadecimal digits. */
export const etagOfContent = (tag: string, content: string, hash: (text: string) => string): string =>
  `${tag.slice(0, -1)}-${hash(content).slice(0, CODE_LENGTH)}"`;

/** The version that a tag of ours names, whatever the content; undefined for a text that is none. */
export const versionOfEtag = (text: string): number | undefined => {
  const digits = /^"([1-9]\d{0,14})(?:-[0-9a-f]{16})?"$/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
};
