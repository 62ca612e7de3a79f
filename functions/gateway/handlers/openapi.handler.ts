import { httpHandler } from '../../edge/http/handler.ts';
import { gatewayApi } from '../api.contract.ts';
import { runtime, wireOpenapi } from '../wiring.ts';

const document = wireOpenapi();

export const handler = httpHandler(gatewayApi, 'openapi', async () => ({ status: 200, body: document }), runtime);
