import * as z from 'zod/mini';
import { id } from '../../events/contracts/fields.ts';
import { type DescribedService, defineApi } from '../kernel/messages/contract.ts';

const hostName = z
  .string()
  .check(
    z.maxLength(253),
    z.regex(/^(?=.*[a-z])[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/, 'must be a lower-case host name, not an address'),
  );
const serviceInfo = z.object({
  id: z.string(),
  name: z.string(),
  host: z.string(),
  port: z.int(),
  status: z.enum(['healthy', 'unhealthy']),
  lastHeartbeat: z.nullable(z.iso.datetime()),
  origin: z.enum(['deploy', 'lease']),
});
const instance = z.object({ name: id, id });
const instanceList = z.object({ items: z.array(serviceInfo) });
const lease = z.strictObject({ host: hostName, port: z.int().check(z.minimum(1), z.maximum(65_535)) });

const leaseExample = { host: 'orders.svc.internal', port: 8080 };
const infoExample = {
  id: 'orders-1',
  name: 'orders',
  ...leaseExample,
  status: 'healthy',
  lastHeartbeat: '2026-11-26T12:00:00.000Z',
  origin: 'lease',
};

const described: DescribedService = {
  service: 'registry',
  about: 'Which instances of services there are, and where.',
  schemas: {
    Instance: { schema: serviceInfo, example: infoExample },
    InstanceList: { schema: instanceList, example: { items: [infoExample] } },
    Lease: { schema: lease, example: leaseExample },
  },
};

export const registryApi = defineApi(described, {
  'list-services': {
    method: 'GET',
    path: '/registry/services',
    summary: 'List every instance of every service',
    access: 'machines',
    answers: { 200: { description: 'All instances.', body: instanceList } },
  },
  'get-service': {
    method: 'GET',
    path: '/registry/services/{name}',
    summary: 'Pick one healthy instance of a service',
    access: 'machines',
    params: z.object({ name: id }),
    answers: {
      200: { description: 'A healthy instance, chosen at random.', body: serviceInfo },
      404: { description: 'None is healthy, or there is no such service.' },
    },
  },
  'register-instance': {
    method: 'PUT',
    path: '/registry/services/{name}/instances/{id}',
    summary: 'Register an instance, which must then send heartbeats',
    access: 'machines',
    params: instance,
    body: lease,
    example: { params: { name: 'orders', id: 'orders-1' }, body: leaseExample },
    answers: {
      200: { description: 'Registered again.', body: serviceInfo },
      201: { description: 'Registered.', body: serviceInfo },
      404: { description: 'No such service.' },
      409: { description: 'A deployment or another machine registered this instance, or there are too many.' },
      422: { description: 'The host is not one that may be called.' },
    },
  },
  heartbeat: {
    method: 'PUT',
    path: '/registry/services/{name}/instances/{id}/heartbeat',
    summary: 'Say that an instance is alive',
    access: 'machines',
    params: instance,
    answers: {
      204: { description: 'Noted.' },
      404: { description: 'No such instance of the caller: register it again.' },
    },
  },
  'deregister-instance': {
    method: 'DELETE',
    path: '/registry/services/{name}/instances/{id}',
    summary: 'Take an instance out',
    access: 'machines',
    params: instance,
    answers: {
      204: { description: 'The caller has no such instance any more, whether there was one or not.' },
      409: { description: 'A deployment registered this instance.' },
    },
  },
});
