import { httpHandler } from '../../edge/http/handler.ts';
import { notFound, Refused } from '../../kernel/values/errors.ts';
import { registryApi } from '../api.contract.ts';
import { pickService } from '../views/service-info.ts';
import { runtime, wireRegistry } from '../wiring.ts';

const registry = wireRegistry();

export const handler = httpHandler(
  registryApi,
  'get-service',
  async ({ params }) => {
    const instance = await pickService(registry.table, registry.serviceRegistry, params.name, runtime.random());
    if (!instance) throw new Refused(notFound('healthy instance'));
    return { status: 200, body: instance };
  },
  runtime,
);
