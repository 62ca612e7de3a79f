import type { EditTemplate } from '../../e2e/assembly-copy.ts';
import type { Known } from '../actors.ts';
import { callAws } from '../operator.ts';
import type { Scenario, Stage } from '../stage.ts';

const HOUR_MS = 3_600_000;

/** A stream keeps a record for 24 hours. */
const AWAY_MS = 26 * HOUR_MS;

const ONE_PEN = [{ sku: 'pen', quantity: 1 }];

/** Services that have a relay. */
const SERVICES = ['registry', 'users', 'catalog', 'payments', 'orders'];

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: object }>>;
}

const isOfRelay = ({ Type, Properties }: Template['Resources'][string]): boolean =>
  Type === 'AWS::Lambda::EventSourceMapping' && JSON.stringify(Properties).includes('"relayAlias');

/** Nothing gives the relays what their streams hold. */
export const withoutRelays: EditTemplate = (text) => {
  const { Resources, ...template }: Template = JSON.parse(text);
  const kept = Object.entries(Resources).filter(([, resource]) => !isOfRelay(resource));
  return JSON.stringify({ ...template, Resources: Object.fromEntries(kept) });
};

interface Rules {
  readonly Rules: readonly { readonly Name: string; readonly ScheduleExpression?: string }[];
}

/** Each minute of a day costs the simulation as much as an order; answers what makes schedules go on. */
const pauseSchedules = async (stage: Stage): Promise<() => Promise<void>> => {
  const { Rules } = await callAws<Rules>(stage, 'AWSEvents.ListRules', {});
  const names = Rules.filter(({ ScheduleExpression }) => ScheduleExpression).map(({ Name }) => Name);
  for (const Name of names) await callAws(stage, 'AWSEvents.DisableRule', { Name });
  return async () => {
    for (const Name of names) await callAws(stage, 'AWSEvents.EnableRule', { Name });
  };
};

/** What `npm run catch-up` does. */
const catchUp = async ({ simulation }: Stage, service: string, since: string): Promise<void> => {
  let start: unknown;
  do {
    const event = JSON.stringify({ since, ...(start !== undefined && { start }) });
    const answer = await simulation.settling(simulation.runtime.invoke(`${service}/resend`, event));
    if (answer.functionError !== undefined) throw new Error(`${service}/resend: ${answer.payload}`);
    start = JSON.parse(answer.payload).next;
  } while (start !== undefined);
};

export interface Assemblies {
  readonly whole: string;
  readonly withoutRelays: string;
}

export interface Moments {
  stoppedAtMs: number;
  caughtUpAtMs: number;
  /** Of each order that was placed after the relays stopped, when they had stood still for a day. */
  readonly meanwhile: string[];
}

const orderOfEach = async ({ customers }: Stage): Promise<readonly Known[]> =>
  (await Promise.all(customers.map((client) => client.order(ONE_PEN, 'tok_ok')))).filter(
    (order) => order !== undefined,
  );

/** All relays stop in the middle of some orders, for longer than streams keep records; then an operator acts. */
export const relaysAway = (assemblies: Assemblies, moments: Moments, act = catchUp): Scenario => ({
  name: 'relays-away',
  about: 'no relay runs for 26 hours, and what was committed meanwhile is sent from the tables',
  endsPatience: true,
  play: async (stage) => {
    const { simulation, customers, between } = stage;
    const { now } = simulation.world.clock;
    await stage.sell('pen', 20);
    const goOn = await pauseSchedules(stage);
    const since = new Date(now()).toISOString();
    await orderOfEach(stage);
    await simulation.sleep(60_000);
    const midway = orderOfEach(stage);
    await simulation.sleep(between(200, 2_000));
    moments.stoppedAtMs = now();
    await simulation.runtime.apply(assemblies.withoutRelays);
    await midway;
    const placed = await orderOfEach(stage);
    await simulation.sleep(AWAY_MS);
    for (const order of placed) {
      const seen = await customers.find(({ name }) => name === order.owner)?.look(order);
      moments.meanwhile.push(seen?.sightings.at(-1)?.status ?? 'unknown');
    }
    await simulation.runtime.apply(assemblies.whole);
    await goOn();
    moments.caughtUpAtMs = now();
    for (const service of SERVICES) await act(stage, service, since);
  },
});
