import { type Access, openAccess } from './access.ts';
import { type Agenda, createAgenda } from './agenda.ts';
import { AwsError } from './aws-call.ts';
import { type Clock, systemClock } from './clock.ts';
import { createCredentialBook } from './credentials.ts';
import { createFaultPlan } from './faults/fault-plan.ts';
import { type Gate, openGate } from './gate.ts';
import { createJournal, type Journal } from './journal.ts';
import { openListener } from './listening/open-listener.ts';
import type { Ports } from './ports.ts';
import { type Random, systemRandom } from './random.ts';
import { stackOf } from './thrown.ts';
import type { Delivery, Targets, World } from './world.ts';

export interface WorldOptions {
  /** Default 000000000000 and us-east-1. */
  readonly account?: string;
  readonly region?: string;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Default: open. */
  readonly gate?: Gate;
  /** Who may do what; default everyone everything. */
  readonly access?: Access;
  /** Opens listeners; default on loopback. */
  readonly listen?: World['listen'];
  readonly keepFolder?: string;
  /** Default false. */
  readonly debugging?: boolean;
  /** A second address of this machine for every listener, so that containers reach them: the one of Docker's bridge. */
  readonly alsoListenOn?: string;
}

export interface OwnedWorld extends World {
  /** Tells functions where the AWS endpoint listens; set once it does. */
  setEndpointUrl(url: string): void;
  /** Ends everything registered with onStop and every listener, newest first. */
  stop(): Promise<void>;
}

const createTargets = (): Targets => {
  const handlers = new Map<string, (arn: string, delivery: Delivery) => Promise<void>>();
  return {
    register: (arnService, deliver) => {
      handlers.set(arnService, deliver);
    },
    emulates: (arn) => handlers.has(arn.split(':')[2] ?? ''),
    deliver: async (arn, delivery) => {
      const handler = handlers.get(arn.split(':')[2] ?? '');
      if (!handler) throw new AwsError('ResourceNotFoundException', `${arn} is not a target that is emulated here`);
      await handler(arn, delivery);
    },
  };
};

const createPorts = (): Pick<World, 'provide' | 'need'> => {
  const provided: Partial<Ports> = {};
  return {
    provide: (name, port) => {
      Object.assign(provided, { [name]: port });
    },
    need: (name) => {
      const port = provided[name];
      if (!port) throw new Error(`no emulated service provides '${name}'`);
      return port;
    },
  };
};

/** For an assembly that names none. */
export const DEFAULT_PLACE = { account: '000000000000', region: 'us-east-1' };

const LOOPBACK = '127.0.0.1';

export const createWorld = (options: WorldOptions = {}): OwnedWorld => {
  const clock = options.clock ?? systemClock;
  const random = options.random ?? systemRandom;
  const journal: Journal = createJournal();
  const agenda: Agenda = createAgenda(clock, (task, error) => {
    const message = stackOf(error);
    journal.record('logs', { id: random.uuid(), atMs: clock.now(), level: 'ERROR', source: task.what, message });
  });
  const endings: { name: string; stop: () => void | Promise<void> }[] = [];
  const addresses = options.alsoListenOn === undefined ? [LOOPBACK] : [LOOPBACK, options.alsoListenOn];
  let endpoint = '';
  return {
    account: options.account ?? DEFAULT_PLACE.account,
    region: options.region ?? DEFAULT_PLACE.region,
    partition: 'aws',
    clock,
    random,
    agenda,
    gate: options.gate ?? openGate,
    journal,
    targets: createTargets(),
    faults: createFaultPlan(),
    credentials: createCredentialBook(random),
    access: options.access ?? openAccess,
    keepFolder: options.keepFolder,
    debugging: options.debugging ?? false,
    ...createPorts(),
    endpointUrl: () => endpoint,
    setEndpointUrl: (url) => {
      endpoint = url;
    },
    listen: async (name, onRequest, port = 0) => {
      if (options.listen) return options.listen(name, onRequest, port);
      const { port: bound, close } = await openListener(addresses, onRequest, port);
      endings.push({ name, stop: close });
      return { url: `http://${LOOPBACK}:${bound}`, port: bound };
    },
    onStop: (name, stop) => {
      endings.push({ name, stop });
    },
    stop: async () => {
      agenda.stop();
      const failures: unknown[] = [];
      for (const { stop } of endings.reverse().splice(0)) {
        try {
          await stop();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, 'not everything could be ended');
    },
  };
};
