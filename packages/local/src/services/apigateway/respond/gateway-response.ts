import { type HttpResponse, jsonResponse } from '../../../http/response.ts';

/** What API Gateway itself answers, in its own words. */
export const gatewayMessage = (status: number, message: string, headers: HttpResponse['headers'] = []): HttpResponse =>
  jsonResponse(status, { message }, headers);

export const badRequest = gatewayMessage(400, 'Bad Request');
export const forbidden = gatewayMessage(403, 'Forbidden');
export const notFound = gatewayMessage(404, 'Not Found');
export const entityTooLarge = gatewayMessage(413, 'Request Entity Too Large');
export const tooManyRequests = gatewayMessage(429, 'Too Many Requests');
export const headersTooLarge = gatewayMessage(431, 'Request Header Fields Too Large');
export const internalServerError = gatewayMessage(500, 'Internal Server Error');
export const serviceUnavailable = gatewayMessage(503, 'Service Unavailable');
