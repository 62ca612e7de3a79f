import { request } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Runtime, type RuntimeOptions, startRuntime } from '../../src/runtime/start-runtime.ts';
import { writeAssembly } from '../assembly/written-assembly.ts';
import { fakeThings } from './fake-services.ts';

/** An address besides 127.0.0.1 that every machine has. */
const SECOND_ADDRESS = process.platform === 'linux' ? '127.0.0.2' : '::1';

const running: Runtime[] = [];
afterEach(async () => {
  for (const runtime of running.splice(0)) await runtime.stop();
});

const start = async (options: Partial<RuntimeOptions> = {}): Promise<Runtime> => {
  const assemblyFolder = writeAssembly({ Shop: { template: { Resources: { A: { Type: 'Test::Thing' } } } } });
  const runtime = await startRuntime({ assemblyFolder, services: fakeThings().services, ...options });
  running.push(runtime);
  return runtime;
};

const portOf = ({ world }: Runtime): number => Number(new URL(world.endpointUrl()).port);

/** As a container's connections arrive: redirected, but meant for this machine's loopback. */
const statusAt = (host: string, port: number): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const sent = request({ host, port, headers: { host: '127.0.0.1' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end();
  });

describe('where AWS calls are answered', () => {
  it('is the port asked for, and the next free one when that is taken', async () => {
    const port = portOf(await start());
    const second = portOf(await start({ endpointPort: port }));
    expect(second).toBeGreaterThan(port);
    await running.shift()?.stop();
    expect(portOf(await start({ endpointPort: port }))).toBe(port);
  });

  it('is loopback only', async () => {
    const port = portOf(await start());
    await expect(statusAt(SECOND_ADDRESS, port)).rejects.toThrow();
  });

  it('is also the address that containers reach, at the same port, until it stops', async () => {
    const runtime = await start({ alsoListenOn: SECOND_ADDRESS });
    const port = portOf(runtime);
    expect(await statusAt(SECOND_ADDRESS, port)).toBe(400);
    await running.shift()?.stop();
    await expect(statusAt(SECOND_ADDRESS, port)).rejects.toThrow();
  });

  it('opens nothing when the address is not there', async () => {
    await expect(start({ alsoListenOn: '203.0.113.1' })).rejects.toThrow(/no such address/);
  });
});
