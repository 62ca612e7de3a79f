import { isObject, type JsonObject } from '../../../core/json.ts';

/** A segment or subsegment document (X-Ray developer guide, "Segment documents"). */
export type SegmentDocument = JsonObject & {
  readonly id: string;
  readonly trace_id: string;
  readonly name: string;
  /** Epoch seconds with fractions. */
  readonly start_time: number;
};

export const hasSegmentShape = (document: JsonObject): document is SegmentDocument =>
  typeof document.id === 'string' &&
  typeof document.trace_id === 'string' &&
  typeof document.name === 'string' &&
  typeof document.start_time === 'number';

export const parseSegment = (text: string): SegmentDocument | undefined => {
  try {
    const document: unknown = JSON.parse(text);
    return isObject(document) && hasSegmentShape(document) ? document : undefined;
  } catch {
    return undefined;
  }
};

/** A daemon's datagram: a header line `{"format":"json","version":1}`, then one document. */
export const parseDatagram = (datagram: Buffer): SegmentDocument | undefined => {
  const text = datagram.toString('utf8');
  const end = text.indexOf('\n');
  return end === -1 ? undefined : parseSegment(text.slice(end + 1));
};
