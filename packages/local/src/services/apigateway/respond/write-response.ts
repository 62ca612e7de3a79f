import type { ServerResponse } from 'node:http';
import { messageOf } from '../../../core/thrown.ts';
import type { Exchange } from '../request/exchange.ts';
import { type GatewayResponse, internalServerError } from './gateway-response.ts';

const write = (response: ServerResponse, { status, headers, body }: GatewayResponse, exchange: Exchange) => {
  const length = Buffer.byteLength(body);
  const flat: string[] = [];
  for (const [name, value] of headers) flat.push(name, value);
  flat.push('apigw-requestid', exchange.requestId);
  if (status !== 204 && status !== 304) flat.push('content-length', String(length));
  response.writeHead(status, flat);
  response.end(body);
  exchange.status = status;
  exchange.responseLength = length;
};

/** Writes the answer; one that HTTP cannot carry (a line break in a header) becomes a 500. */
export const writeResponse = (response: ServerResponse, answer: GatewayResponse, exchange: Exchange): void => {
  try {
    write(response, answer, exchange);
  } catch (error) {
    exchange.integrationError = messageOf(error);
    write(response, internalServerError, exchange);
  }
};
