export interface TransportRequest {
  readonly url: string;
  /** JSON. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

export interface TransportResponse {
  readonly status: number;
  readonly body: string;
}

/** The port to another service's endpoint: one signed POST, no redirect followed. Throws when no response came in time. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

const SERVER_ERRORS = 500;

/** Whether the server failed (RFC 9110 §15.6), so that the same request may succeed later. */
export const isServerError = (status: number): boolean => status >= SERVER_ERRORS;
