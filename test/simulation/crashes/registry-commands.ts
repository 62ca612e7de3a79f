import type { Answered } from '../actors.ts';
import type { Stage } from '../stage.ts';
import type { Command } from './commands.ts';

const PATH = '/registry/services/catalog/instances/extra';
const BODY = { host: 'extra.svc.internal', port: 8080 };

const enter = ({ machine }: Stage): Promise<Answered> => machine.insist({ method: 'PUT', path: PATH, body: BODY });

const beat = ({ machine }: Stage): Promise<Answered> => machine.insist({ method: 'PUT', path: `${PATH}/heartbeat` });

const leave = ({ machine }: Stage): Promise<Answered> => machine.insist({ method: 'DELETE', path: PATH });

const BEAT_MS = 30_000;
/** Reconciliation runs every five minutes. */
const BEATS = 12;

/** What an instance does: it says that it lives, and registers again when nothing is known of it. */
const live = async (stage: Stage): Promise<void> => {
  for (let beats = 0; beats < BEATS; beats += 1) {
    if ((await beat(stage)).status === 404) await enter(stage);
    await stage.simulation.sleep(BEAT_MS);
  }
};

interface Listed {
  readonly id: string;
  readonly status: string;
}

const statusIn = ({ items }: { readonly items: readonly Listed[] }): string =>
  items.find(({ id }) => id === 'extra')?.status ?? 'gone';

/** What the list says at the end, and the last message about the instance. */
const expectListed = (stage: Stage, expected: 'healthy' | 'unhealthy' | 'gone'): void =>
  stage.expect(async (messages) => {
    const { status, body } = await stage.machine.insist({ method: 'GET', path: '/registry/services' });
    const changes = messages.filter(({ type, data }) => type === 'InstanceHealthChanged.v1' && data.includes('extra'));
    const announced = changes.some(({ data }) => JSON.parse(data).status === expected);
    return [
      { subject: 'the list of services', expected, seen: status === 200 ? statusIn(JSON.parse(body)) : String(status) },
      { subject: `the message that it is ${expected}`, expected: 'sent', seen: announced ? 'sent' : 'not sent' },
    ];
  });

export const register: Command = {
  name: 'register',
  about: 'an instance of a service registers itself',
  takesMs: 10_000,
  prepare: async (stage) => ({
    act: () => enter(stage),
    afterwards: async () => {
      await live(stage);
      expectListed(stage, 'healthy');
    },
  }),
};

/** Three heartbeats are missing, and the sweep has seen it. */
const lose = async (stage: Stage): Promise<void> => {
  await enter(stage);
  await stage.simulation.sleep(165_000);
};

export const heartbeat: Command = {
  name: 'heartbeat',
  about: 'an instance that was lost sends a heartbeat again',
  takesMs: 10_000,
  prepare: async (stage) => {
    await lose(stage);
    return {
      act: () => beat(stage),
      afterwards: async () => {
        await live(stage);
        expectListed(stage, 'healthy');
      },
    };
  },
};

export const sweep: Command = {
  name: 'sweep',
  about: 'the sweep of the registry finds an instance lost',
  takesMs: 75_000,
  prepare: async (stage) => {
    await enter(stage);
    await stage.simulation.sleep(80_000);
    return {
      act: async () => undefined,
      afterwards: async () => {
        await stage.simulation.sleep(BEATS * BEAT_MS);
        expectListed(stage, 'unhealthy');
      },
    };
  },
};

export const deregister: Command = {
  name: 'deregister',
  about: 'an instance takes itself out',
  takesMs: 10_000,
  prepare: async (stage) => {
    await enter(stage);
    return {
      act: () => leave(stage),
      afterwards: async () => {
        await leave(stage);
        await stage.simulation.sleep(BEATS * BEAT_MS);
        expectListed(stage, 'gone');
      },
    };
  },
};
