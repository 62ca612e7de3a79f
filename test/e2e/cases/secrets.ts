import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { tableStacks } from '../../support/table-stacks.ts';
import { clientOf } from '../client.ts';
import { orderEnding, place, registered, stocked } from '../people.ts';
import type { RunningHere } from '../system.ts';

const KINDS = ['events', 'invocations', 'logs', 'traces', 'requests', 'deliveries', 'calls', 'queues', 'resources'];

/** Everything that the running system shows of what it keeps: rows, messages, dead letters, logs, traces, calls. */
const kept = async ({ controlUrl, controlToken }: RunningHere): Promise<readonly (readonly [string, string])[]> => {
  const control = clientOf(controlUrl, controlToken);
  const queues: Readonly<Record<string, string>>[] = JSON.parse((await control('GET', '/control/queues')).text);
  const stacks = tableStacks((await control('GET', '/control/resources')).text);
  const paths = [
    ...KINDS,
    ...stacks.map((stack) => `tables/${stack}`),
    ...queues.map(({ name }) => `queues/${name}/messages`),
  ];
  return await Promise.all(
    paths.map(async (path) => {
      const { status, text } = await control('GET', `/control/${path}`);
      if (status !== 200) throw new Error(`${path} answered ${status}`);
      return [path, text] as const;
    }),
  );
};

export const secretCases = (system: () => RunningHere): void => {
  it.each([
    ['tok_ok', 'CONFIRMED'],
    ['tok_declined', 'CANCELLED'],
  ])(
    'keeps nothing of a payment token once the order has ended: %s',
    async (behaviour, status) => {
      const canary = randomUUID();
      const sku = await stocked(system(), 1);
      const { client, sub } = await registered(system());
      const { body } = await place(client, sku, { token: `${behaviour}.${canary}` });
      expect(await orderEnding(client, body.id)).toMatchObject({ status });
      expect((await client('DELETE', `/users/${sub}`)).status).toBe(204);
      await system().settled();
      const everything = await kept(system());
      expect(everything.filter(([, text]) => text.includes(canary)).map(([where]) => where)).toEqual([]);
      expect(everything.filter(([, text]) => text.includes(String(body.id))).map(([where]) => where)).toContain(
        'tables/archipelago-dev-orders',
      );
    },
    120_000,
  );
};
