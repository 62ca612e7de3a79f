import type { World } from '../core/world.ts';

/** `X-Amzn-Trace-Id`: `Root=1-<8 hex of the epoch second>-<24 hex>;Parent=<16 hex>;Sampled=<0|1>`. */
const ROOT = /(?:^|;)\s*Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/i;

/** The `1-…` id in a trace header. */
export const traceIdOf = (header: string | undefined): string | undefined =>
  header === undefined ? undefined : ROOT.exec(header)?.[1];

const PARENT = /(?:^|;)\s*Parent=([0-9a-f]{16})(?=;|$)/i;

/** The segment that a header names as the one before. */
export const parentOf = (header: string): string | undefined => PARENT.exec(header)?.[1];

/** The header with another segment as the one before: what is called next belongs below that. */
export const withParent = (header: string, segmentId: string): string => {
  const others = header.split(';').filter((field) => !/^\s*Parent=/i.test(field));
  return [...others.slice(0, 1), `Parent=${segmentId}`, ...others.slice(1)].join(';');
};

const newTraceId = (atMs: number, random: World['random']): string => {
  const seconds = Math.floor(atMs / 1000)
    .toString(16)
    .padStart(8, '0');
  return `1-${seconds}-${random.hex(12)}`;
};

/** What Lambda begins when no trace came in: nothing is before it. */
export const newTraceHeader = ({ clock, random }: World, sampled: boolean): string =>
  `Root=${newTraceId(clock.now(), random)};Sampled=${sampled ? 1 : 0}`;

export interface RequestTrace {
  readonly traceId: string;
  /** What the integration sees as `x-amzn-trace-id`. */
  readonly header: string;
  /** What the function is invoked with: always with a sampling decision, since locally every trace is kept. */
  readonly invocationHeader: string;
}

/** Joins the caller's trace if the request names one, else begins one. */
export const traceOf = (sent: string | undefined, atMs: number, random: World['random']): RequestTrace => {
  const found = traceIdOf(sent);
  if (sent !== undefined && found !== undefined) {
    const invocationHeader = sent.includes('Sampled=') ? sent : `${sent};Sampled=1`;
    return { traceId: found, header: sent, invocationHeader };
  }
  const traceId = newTraceId(atMs, random);
  return { traceId, header: `Root=${traceId}`, invocationHeader: `Root=${traceId};Sampled=1` };
};
