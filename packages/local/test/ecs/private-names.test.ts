import { Resolver } from 'node:dns/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../test/support/eventually.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { codeOf } from '../../src/core/thrown.ts';
import { type Runtime, startRuntime } from '../../src/runtime/start-runtime.ts';
import { ask, containerAssembly, control, healthyTasks, logged } from './container-fixture.ts';
import { asker, NAME, NETWORK, rule } from './network-fixture.ts';

let runtime: Runtime;
beforeAll(async () => {
  const assemblyFolder = containerAssembly({
    ...NETWORK,
    Ask: asker('ask', 'Callers'),
    Intruder: asker('intrude', 'Others'),
  });
  runtime = await startRuntime({ assemblyFolder });
});
afterAll(() => runtime.stop());

const invoke = async (name: string, event: JsonObject) =>
  JSON.parse((await runtime.invoke(name, JSON.stringify(event))).payload);

/** What the resolver of a caller with these groups answers. */
const resolverOf = async (...securityGroups: readonly string[]): Promise<Resolver> => {
  const resolver = new Resolver({ tries: 1 });
  resolver.setServers([await runtime.world.need('names').open('a test', { securityGroups, subnets: [] })]);
  return resolver;
};

const codeFrom = (work: Promise<unknown>) => work.then(() => 'found', codeOf);

describe('a service in a private namespace', () => {
  it('is found by a function of the network, and reached', async () => {
    const tasks = await healthyTasks(runtime, 2);
    expect(await invoke('ask', { name: NAME, path: '/word' })).toEqual({
      ports: tasks.map(({ address }) => Number(address.split(':')[1])).sort(),
      addresses: ['127.0.0.1', '127.0.0.1'],
      answers: ['one', 'one'],
    });
  });

  it('has records with the target, the port and the time to live of the template', async () => {
    const tasks = await healthyTasks(runtime, 2);
    const resolver = await resolverOf();
    const found = await resolver.resolveSrv(NAME);
    expect(found.map(({ name }) => name).sort()).toEqual(tasks.map(({ id }) => `${id}.${NAME}`).sort());
    expect(await resolver.resolve4(`${tasks[0]?.id}.${NAME}`, { ttl: true })).toEqual([
      { address: '127.0.0.1', ttl: 5 },
    ]);
    expect(await codeFrom(resolver.resolve4(NAME))).toBe('ENODATA');
  });

  it('is refused outside the namespace, and unknown in it', async () => {
    const resolver = await resolverOf();
    expect(await codeFrom(resolver.resolve4('example.com'))).toBe('EREFUSED');
    expect(await codeFrom(resolver.resolveSrv('other.shop.internal'))).toBe('ENOTFOUND');
  });

  it('is not reached by a function whose group no rule lets in; the rule that is missing is named once', async () => {
    await healthyTasks(runtime, 2);
    const refused = { ports: [2, 2], addresses: ['127.0.0.1', '127.0.0.1'], answers: ['ECONNREFUSED', 'ECONNREFUSED'] };
    expect(await invoke('intrude', { name: NAME, path: '/word' })).toEqual(refused);
    expect(await invoke('intrude', { name: NAME, path: '/word' })).toEqual(refused);
    const said = runtime.world.journal
      .read('logs')
      .filter(({ message }) => String(message).startsWith('function intrude'));
    expect(said.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'ERROR function intrude does not connect: security group Tasks of Shop has no ingress rule from security group Others of Shop for tcp 8080',
    ]);
  });

  it('answers without a task that is stopped, and with the one that took its place', async () => {
    const resolver = await resolverOf();
    const targets = async () => (await resolver.resolveSrv(NAME)).map(({ name }) => name.split('.')[0] ?? '');
    const [first, second] = await healthyTasks(runtime, 2);
    if (!first || !second) throw new Error('two tasks run');
    await control(runtime, 'POST', `tasks/${first.id}/kill`);
    await eventually('one record', async () => (await targets()).join() === second.id);
    await eventually('two records', async () => (await targets()).length === 2);
    expect(await targets()).toContain(second.id);
  });

  it('answers without an ill task while another is healthy', async () => {
    const resolver = await resolverOf();
    const targets = async () => (await resolver.resolveSrv(NAME)).map(({ name }) => name.split('.')[0] ?? '');
    const [first, second] = await healthyTasks(runtime, 2);
    if (!first || !second) throw new Error('two tasks run');
    await ask(first, '/sicken');
    const line = `ERROR task ${first.id.slice(0, 8)} of search:1 is not healthy`;
    await eventually(line, async () => logged(runtime).includes(line));
    // It runs still: its successor is not there yet.
    expect(await targets()).toEqual([second.id]);
    await eventually('its successor', async () => (await targets()).length === 2);
  });
});

describe('a changed rule', () => {
  it('lets a caller in, and shuts it out again, while the system runs', async () => {
    const changed = (more: JsonObject) =>
      runtime.apply(
        containerAssembly({ ...NETWORK, Ask: asker('ask', 'Callers'), Intruder: asker('intrude', 'Others'), ...more }),
      );
    const ports = async () => (await invoke('intrude', { name: NAME, path: '/word' })).answers;
    await healthyTasks(runtime, 2);
    await changed({ OthersRule: rule('Others') });
    expect(await ports()).toEqual(['one', 'one']);
    await changed({});
    expect(await ports()).toEqual(['ECONNREFUSED', 'ECONNREFUSED']);
  });
});
