const XRAY_ROOT = /Root=1-([0-9a-f]{8})-([0-9a-f]{24})/;
const XRAY_PARENT = /Parent=([0-9a-f]{16})/;
const TRACEPARENT = /^00-([0-9a-f]{8})([0-9a-f]{24})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const SAMPLED = 1;

/** X-Ray's header as W3C Trace Context; undefined when it names no trace or no parent. */
export const traceparentOfXray = (header: string | undefined): string | undefined => {
  const [, time, rest] = XRAY_ROOT.exec(header ?? '') ?? [];
  const [, parent] = XRAY_PARENT.exec(header ?? '') ?? [];
  if (time === undefined || rest === undefined || parent === undefined) return undefined;
  return `00-${time}${rest}-${parent}-${header?.includes('Sampled=1') ? '01' : '00'}`;
};

/** W3C Trace Context as X-Ray's header; undefined for anything malformed. */
export const xrayOfTraceparent = (traceparent: string | undefined): string | undefined => {
  const [, time, rest, parent, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (flags === undefined) return undefined;
  return `Root=1-${time}-${rest};Parent=${parent};Sampled=${Number.parseInt(flags, 16) & SAMPLED}`;
};

export const isTraceparent = (text: string | undefined): text is string => TRACEPARENT.test(text ?? '');
