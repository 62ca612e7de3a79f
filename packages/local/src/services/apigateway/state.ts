import type { JsonObject } from '../../core/json.ts';
import type { CorsSettings } from '../../http/cors.ts';
import type { RequestMapping } from './request/request-mapping.ts';
import type { ThrottleSettings } from './token-bucket.ts';

export interface HttpApi {
  readonly id: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly name: string;
  readonly cors: CorsSettings | undefined;
}

export interface Integration {
  readonly id: string;
  /** Function ARN, with its alias if the template names one. */
  readonly functionName: string;
  readonly timeoutMs: number;
  readonly mapping: RequestMapping | undefined;
}

export interface Authorizer {
  readonly id: string;
  readonly name: string;
  /** `$request.header.<name>` or `$request.querystring.<name>`. */
  readonly identitySource: string;
  readonly issuer: string;
  readonly audience: readonly string[];
}

export interface Route {
  readonly apiId: string;
  readonly routeKey: string;
  readonly authorizationType: 'NONE' | 'JWT' | 'AWS_IAM';
  readonly authorizerId: string | undefined;
  readonly scopes: readonly string[];
  readonly integrationId: string;
}

export interface Stage {
  readonly apiId: string;
  readonly name: string;
  readonly variables: JsonObject | undefined;
  readonly defaultThrottle: ThrottleSettings | undefined;
  readonly throttleByRouteKey: ReadonlyMap<string, ThrottleSettings>;
  /** An access log format with `$context` variables. */
  readonly accessLogFormat: string | undefined;
}

/** Everything the templates declare; the maps are by physical id. */
export interface Declarations {
  readonly apis: Map<string, HttpApi>;
  readonly integrations: Map<string, Integration>;
  readonly authorizers: Map<string, Authorizer>;
  readonly routes: Map<string, Route>;
  readonly stages: Map<string, Stage>;
}

export const createDeclarations = (): Declarations => ({
  apis: new Map(),
  integrations: new Map(),
  authorizers: new Map(),
  routes: new Map(),
  stages: new Map(),
});
