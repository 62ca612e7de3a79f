import type { JsonObject } from '../../../core/json.ts';
import type { RequestContext } from '../../../http/payload-v2/event.ts';

/** One HTTP request on its way through the gateway; the later fields fill up as it goes. */
export interface Exchange extends RequestContext {
  /** The `Root` of its trace: `1-<8 hex>-<24 hex>`. */
  readonly traceId: string;
  /** Decoded, with the stage's name in front unless the stage is `$default`. */
  readonly path: string;
  readonly rawQueryString: string;
  /** Path and query as they were sent, not decoded. */
  readonly target: string;
  stage: string;
  /** `path` without the stage's name. */
  routePath: string;
  routeKey: string;
  claims?: JsonObject;
  principal?: string;
  invocationId?: string;
  /** What the answer, or else the request, names in its header `x-correlation-id`. */
  correlationId?: string;
  authorizerError?: string;
  integrationError?: string;
  integrationLatencyMs?: number;
  status: number;
  responseLength: number;
  endMs: number;
}
