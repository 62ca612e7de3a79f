import * as z from 'zod/mini';
import { defineApi } from '../kernel/messages/contract.ts';

const part = z.object({ name: z.string(), status: z.enum(['ready', 'unavailable']) });

export const gatewayApi = defineApi('gateway', {
  'health-live': {
    method: 'GET',
    path: '/health/live',
    summary: 'Whether the gateway runs',
    access: 'public',
    answers: { 200: { description: 'It does.', body: z.object({ status: z.literal('live') }) } },
  },
  'health-ready': {
    method: 'GET',
    path: '/health/ready',
    summary: 'Whether every service can be reached, as of the last 5 s',
    access: 'public',
    answers: {
      200: { description: 'All of them.', body: z.object({ status: z.literal('ready'), parts: z.array(part) }) },
      503: { description: 'Not all of them; `errors` names the ones that fail.' },
    },
    throttle: { rate: 50, burst: 100 },
  },
  openapi: {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This API as an OpenAPI 3.1 document',
    access: 'public',
    answers: { 200: { description: 'The document.', body: z.record(z.string(), z.unknown()) } },
  },
});
