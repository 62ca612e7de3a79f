import { httpHandler } from '../../edge/http/handler.ts';
import { Refused } from '../../kernel/values/errors.ts';
import { gatewayApi } from '../api.contract.ts';
import { createReadiness } from '../views/readiness.ts';
import { runtime, wireReadiness } from '../wiring.ts';

const { services, lookup } = wireReadiness();
const readiness = createReadiness(lookup, services, runtime.clock);

export const handler = httpHandler(
  gatewayApi,
  'health-ready',
  async ({ log }) => {
    const parts = await readiness(log);
    const missing = parts.filter(({ status }) => status !== 'ready');
    if (missing.length === 0) return { status: 200, body: { status: 'ready', parts } };
    throw new Refused({
      outcome: 'unavailable',
      code: 'not-ready',
      detail: 'Not every service can be reached.',
      fields: missing.map(({ name }) => ({ pointer: `#/parts/${name}`, detail: 'has no healthy instance' })),
    });
  },
  runtime,
);
