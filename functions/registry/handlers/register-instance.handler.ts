import { httpHandler } from '../../edge/http/handler.ts';
import { notFound, Refused } from '../../kernel/values/errors.ts';
import { registryApi } from '../api.contract.ts';
import { registerInstance } from '../commands/register-instance.ts';
import { serviceInfo } from '../views/service-info.ts';
import { runtime, wireAllowedHosts, wireRegistry } from '../wiring.ts';

const allowedHosts = wireAllowedHosts();
const registry = wireRegistry();

export const handler = httpHandler(
  registryApi,
  'register-instance',
  async ({ params, body, machine: owner, cause }) => {
    const instance = { service: params.name, id: params.id, owner, ...body };
    const registered = await registerInstance(registry, instance, allowedHosts, cause);
    if (!registered) throw new Refused(notFound('service'));
    return { status: registered.isNew ? 201 : 200, body: await serviceInfo(registry.table, registered.instance) };
  },
  runtime,
);
