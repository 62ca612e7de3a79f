import type { ServerResponse } from 'node:http';
import { messageOf } from '../../../core/thrown.ts';
import { type HttpResponse, writeResponse } from '../../../http/response.ts';
import type { Exchange } from '../request/exchange.ts';
import { internalServerError } from './gateway-response.ts';

/** Writes the answer; one that HTTP cannot carry (a line break in a header) becomes a 500. */
export const writeAnswer = (outgoing: ServerResponse, answer: HttpResponse, exchange: Exchange): void => {
  const write = (response: HttpResponse) => {
    const requestId = ['apigw-requestid', exchange.requestId] as const;
    exchange.responseLength = writeResponse(outgoing, { ...response, headers: [...response.headers, requestId] });
    exchange.status = response.status;
  };
  try {
    write(answer);
  } catch (error) {
    exchange.integrationError = messageOf(error);
    write(internalServerError);
  }
};
