import { httpHandler } from '../../edge/http/handler.ts';
import { registryApi } from '../api.contract.ts';
import { decideLease } from '../commands/decide-lease.ts';
import { runtime, wireRegistry } from '../wiring.ts';

const registry = wireRegistry();

export const handler = httpHandler(
  registryApi,
  'heartbeat',
  async ({ params, machine: by, cause }) => {
    const name = { service: params.name, id: params.id };
    await decideLease(registry, name, { type: 'RecordHeartbeat', by, atMs: registry.clock.now() }, cause);
    return { status: 204 };
  },
  runtime,
);
