import { httpHandler } from '../../edge/http/handler.ts';
import { gatewayApi } from '../api.contract.ts';
import { openapiDocument, runtime } from '../wiring.ts';

const document = openapiDocument();

export const handler = httpHandler(gatewayApi, 'openapi', async () => ({ status: 200, body: document }), runtime);
