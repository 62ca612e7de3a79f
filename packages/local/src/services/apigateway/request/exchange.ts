import type { JsonObject } from '../../../core/json.ts';

/** One HTTP request on its way through the gateway; the later fields fill up as it goes. */
export interface Exchange {
  readonly atMs: number;
  readonly requestId: string;
  /** The `Root` of its trace: `1-<8 hex>-<24 hex>`. */
  readonly traceId: string;
  readonly accountId: string;
  readonly apiId: string;
  readonly method: string;
  /** Decoded, with the stage's name in front unless the stage is `$default`. */
  readonly path: string;
  readonly rawQueryString: string;
  readonly protocol: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly domainName: string;
  stage: string;
  /** `path` without the stage's name. */
  routePath: string;
  routeKey: string;
  claims?: JsonObject;
  principal?: string;
  invocationId?: string;
  authorizerError?: string;
  integrationError?: string;
  integrationLatencyMs?: number;
  status: number;
  responseLength: number;
  endMs: number;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number) => String(value).padStart(2, '0');

let formattedSecond = -1;
let formatted = '';

/** Common log format, UTC: `12/Mar/2020:19:03:58 +0000`. Most requests share their second with the one before. */
export const requestTime = (atMs: number): string => {
  const second = Math.floor(atMs / 1000);
  if (second === formattedSecond) return formatted;
  const at = new Date(atMs);
  const day = `${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}`;
  formatted = `${day}:${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`;
  formattedSecond = second;
  return formatted;
};
