import { httpHandler } from '../../edge/http/handler.ts';
import { registryApi } from '../api.contract.ts';
import { deregisterInstance } from '../commands/deregister-instance.ts';
import { runtime, wireRegistry } from '../wiring.ts';

const registry = wireRegistry();

export const handler = httpHandler(
  registryApi,
  'deregister-instance',
  async ({ params, machine, cause }) => {
    await deregisterInstance(registry, { service: params.name, id: params.id }, machine, cause);
    return { status: 204 };
  },
  runtime,
);
