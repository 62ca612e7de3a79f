import { httpHandler } from '../../edge/http/handler.ts';
import { gatewayApi } from '../api.contract.ts';
import { runtime } from '../wiring.ts';

export const handler = httpHandler(
  gatewayApi,
  'health-live',
  async () => ({ status: 200, body: { status: 'live' } }),
  runtime,
);
