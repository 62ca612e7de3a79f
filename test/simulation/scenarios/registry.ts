import { callFaults } from '../faults/call-faults.ts';
import type { Claim } from '../history.ts';
import type { Scenario, Stage } from '../stage.ts';

const SERVICE = '/registry/services/users';
const pathOf = (id: string): string => `${SERVICE}/instances/${id}`;

const BEAT_MS = 30_000;
/** Reconciliation runs every five minutes, and a last sweep follows. */
const FAULTY_BEATS = 8;
const CALM_BEATS = 14;

const register = ({ machine }: Stage, id: string) =>
  machine.insist({ method: 'PUT', path: pathOf(id), body: { host: `${id}.svc.internal`, port: 8080 } });

/** One that lives for so many beats: it registers again when nothing is known of it. */
const live = async (stage: Stage, id: string, beats: number): Promise<void> => {
  const { machine, simulation } = stage;
  await register(stage, id);
  for (let beat = 0; beat < beats; beat += 1) {
    await simulation.sleep(BEAT_MS);
    const { status } = await machine.insist({ method: 'PUT', path: `${pathOf(id)}/heartbeat` });
    if (status === 404) await register(stage, id);
  }
};

const leave = async (stage: Stage, id: string): Promise<void> => {
  await live(stage, id, 4);
  await stage.machine.insist({ method: 'DELETE', path: pathOf(id) });
};

interface Listed {
  readonly id: string;
  readonly status: string;
}

const EXPECTED = { alive: 'healthy', silent: 'unhealthy', gone: 'gone' };

/** What the list shows, and which ones a caller is given. */
const look = async ({ machine }: Stage): Promise<readonly Claim[]> => {
  const list = await machine.insist({ method: 'GET', path: '/registry/services' });
  const { items }: { readonly items: readonly Listed[] } = JSON.parse(list.body);
  const given = new Set<string>();
  for (let time = 0; time < 12; time += 1) {
    const { body } = await machine.insist({ method: 'GET', path: SERVICE });
    given.add(String(JSON.parse(body).id));
  }
  return Object.entries(EXPECTED).flatMap(([id, expected]) => [
    { subject: `${id} in the list`, expected, seen: items.find((item) => item.id === id)?.status ?? 'gone' },
    ...(expected === 'healthy'
      ? []
      : [{ subject: `${id} for a caller`, expected: 'not given', seen: given.has(id) ? 'given' : 'not given' }]),
  ]);
};

export const registry: Scenario = {
  name: 'registry',
  about: 'instances register, beat, fall silent and leave, for four minutes under the faults of call-faults',
  play: async (stage) => {
    stage.faults.begin(callFaults(1 / 8, stage.chance));
    const faultless = async () => {
      await stage.simulation.sleep(FAULTY_BEATS * BEAT_MS);
      stage.faults.end();
    };
    await Promise.all([
      faultless(),
      live(stage, 'alive', FAULTY_BEATS + CALM_BEATS),
      live(stage, 'silent', 4),
      leave(stage, 'gone'),
    ]);
    const claims = await look(stage);
    stage.expect(async () => claims);
  },
};
