import { type JsonObject, objectInText } from './json.ts';

/** A line that a program printed, as the journal keeps it. */
export interface PrintedLine {
  readonly level: string;
  readonly message: string;
  readonly bytes: number;
  /** The line itself, when it is a JSON object. */
  readonly data?: JsonObject;
}

/** `level` is what the line counts as when it does not say so itself. */
export const readPrintedLine = (text: string, level: string): PrintedLine => {
  const data = objectInText(text);
  return {
    level: data && typeof data.level === 'string' ? data.level.toUpperCase() : level,
    message: data && typeof data.message === 'string' ? data.message : text,
    bytes: Buffer.byteLength(text),
    ...(data && { data }),
  };
};
