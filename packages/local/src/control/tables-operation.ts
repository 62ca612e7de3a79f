import type { Stack } from '../assembly/assembly.ts';
import { type ControlOperation, ControlRefusal } from './control-operation.ts';

const TABLE = /^AWS::DynamoDB::(Global)?Table$/;

/** A stack stands for a service when it is named so, ends in `-<service>`, or carries the name in a tag. */
const standsFor = ({ name, tags }: Stack, service: string): boolean =>
  name === service || name.endsWith(`-${service}`) || Object.values(tags).includes(service);

/** `{service, items, tables: [{name, items}]}`: every item of every table of that service's stacks. */
export const tablesOperation: ControlOperation = {
  method: 'GET',
  argument: 'service',
  run: async ({ world, stacks, resources }, _body, service) => {
    const owners = stacks.filter((stack) => standsFor(stack, service)).map(({ name }) => name);
    if (owners.length === 0) {
      const names = stacks.map(({ name }) => name).join(', ');
      throw new ControlRefusal(404, `no stack is named or tagged ${service}; there is ${names}`);
    }
    const names = resources
      .filter(({ type, stack }) => TABLE.test(type) && owners.includes(stack))
      .map(({ identity }) => identity?.ref ?? '');
    const inspector = world.need('tables');
    const tables = await Promise.all(names.map(async (name) => ({ name, items: await inspector.items(name) })));
    return { body: { service, items: tables.flatMap(({ items }) => items), tables } };
  },
};
