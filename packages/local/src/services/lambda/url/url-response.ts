import { type HttpResponse, jsonResponse } from '../../../http/response.ts';

export const urlRefusal = (status: number, message: string): HttpResponse => jsonResponse(status, { Message: message });

export const INTERNAL_SERVER_ERROR: HttpResponse = {
  status: 502,
  headers: [['content-type', 'text/plain']],
  body: 'Internal Server Error',
};
