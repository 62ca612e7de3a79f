/** An answer before it is written. Header names are lower-case; a name may stand more than once (`set-cookie`). */
export interface GatewayResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Buffer;
}

/** What API Gateway itself answers, in its own words. */
export const gatewayMessage = (
  status: number,
  message: string,
  headers: GatewayResponse['headers'] = [],
): GatewayResponse => ({
  status,
  headers: [['content-type', 'application/json'], ...headers],
  body: JSON.stringify({ message }),
});

export const badRequest = gatewayMessage(400, 'Bad Request');
export const forbidden = gatewayMessage(403, 'Forbidden');
export const notFound = gatewayMessage(404, 'Not Found');
export const entityTooLarge = gatewayMessage(413, 'Request Entity Too Large');
export const tooManyRequests = gatewayMessage(429, 'Too Many Requests');
export const headersTooLarge = gatewayMessage(431, 'Request Header Fields Too Large');
export const internalServerError = gatewayMessage(500, 'Internal Server Error');
export const serviceUnavailable = gatewayMessage(503, 'Service Unavailable');
