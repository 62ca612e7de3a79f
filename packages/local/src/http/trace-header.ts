import type { World } from '../core/world.ts';

const ROOT = /(?:^|;)\s*Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/i;

export interface RequestTrace {
  /** `1-<8 hex of the epoch second>-<24 hex>` */
  readonly traceId: string;
  /** What the integration sees as `x-amzn-trace-id`. */
  readonly header: string;
  /** What the function is invoked with: always with a sampling decision, since locally every trace is kept. */
  readonly invocationHeader: string;
}

/** Joins the caller's trace if the request names one, else begins one. */
export const traceOf = (sent: string | undefined, atMs: number, random: World['random']): RequestTrace => {
  const found = sent === undefined ? undefined : ROOT.exec(sent)?.[1];
  if (sent !== undefined && found !== undefined) {
    const invocationHeader = sent.includes('Sampled=') ? sent : `${sent};Sampled=1`;
    return { traceId: found, header: sent, invocationHeader };
  }
  const seconds = Math.floor(atMs / 1000)
    .toString(16)
    .padStart(8, '0');
  const traceId = `1-${seconds}-${random.hex(12)}`;
  return { traceId, header: `Root=${traceId}`, invocationHeader: `Root=${traceId};Sampled=1` };
};
