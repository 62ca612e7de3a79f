import { httpHandler } from '../../edge/http/handler.ts';
import { registryApi } from '../api.contract.ts';
import { listServices } from '../views/service-info.ts';
import { runtime, wireRegistry } from '../wiring.ts';

const registry = wireRegistry();

export const handler = httpHandler(
  registryApi,
  'list-services',
  async () => ({ status: 200, body: { items: await listServices(registry.table, registry.serviceRegistry) } }),
  runtime,
);
