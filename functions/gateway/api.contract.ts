import * as z from 'zod/mini';
import { type DescribedService, defineApi } from '../kernel/messages/contract.ts';

const part = z.object({ name: z.string(), status: z.enum(['ready', 'unavailable']) });

const liveness = z.object({ status: z.literal('live') });
const readiness = z.object({ status: z.literal('ready'), parts: z.array(part) });

const described: DescribedService = {
  service: 'gateway',
  about: 'What the API says of itself.',
  schemas: {
    Liveness: { schema: liveness, example: { status: 'live' } },
    Readiness: { schema: readiness, example: { status: 'ready', parts: [{ name: 'orders', status: 'ready' }] } },
    ReadinessPart: { schema: part },
  },
};

export const gatewayApi = defineApi(described, {
  'health-live': {
    method: 'GET',
    path: '/health/live',
    summary: 'Whether the gateway runs',
    access: 'public',
    answers: { 200: { description: 'It does.', body: liveness } },
  },
  'health-ready': {
    method: 'GET',
    path: '/health/ready',
    summary: 'Whether every service can be reached, as of the last 5 s',
    access: 'public',
    answers: {
      200: { description: 'All of them.', body: readiness },
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
