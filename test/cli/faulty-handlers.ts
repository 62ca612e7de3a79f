/** Fails by itself, invoked directly. */
const weigh = `interface Anchor {
  readonly stuck: boolean;
}

const weigh = ({ stuck }: Anchor): string => {
  if (stuck) throw new Error('the anchor is stuck');
  return 'weighed';
};

export const handler = async (anchor: Anchor): Promise<string> => weigh(anchor);
`;

/** Prints, and fails behind the edge that makes a 500 of it. */
const sail = `import { createRuntime } from '../../adapters/runtime.ts';
import { httpHandler } from '../../edge/http/handler.ts';
import { defineApi } from '../../kernel/messages/contract.ts';
import * as z from 'zod/mini';

const query = z.object({ wind: z.optional(z.string()) });

interface Wind {
  readonly knots: number;
}

const api = defineApi('ships', {
  sail: { method: 'GET', path: '/ships', summary: 'Sails.', access: 'public', query, answers: {} },
});

class PlannedFault extends Error {
  override readonly name = 'PlannedFault';
}

const hoist = ({ knots }: Wind): never => {
  throw new Error('no wind at ' + knots + ' knots\\u001b[31m');
};

export const handler = httpHandler(
  api,
  'sail',
  async ({ headers }) => {
    if (headers['x-drill']) throw new PlannedFault('only a drill');
    console.log('hoisting the sails');
    return hoist({ knots: 0 });
  },
  createRuntime(),
);
`;

/** Fails behind the edge that reports a part of a batch as failed. */
const load = `import { wireOwnQueue } from '../../adapters/aws/own-queue.ts';
import { createRuntime } from '../../adapters/runtime.ts';
import { queueHandler } from '../../edge/messages/queue.ts';
import { defineCommand } from '../../../events/contracts/define.ts';
import * as z from 'zod/mini';

interface Cargo {
  readonly tons: number;
}

const loadCargoV1 = defineCommand('ships', 'LoadCargo.v1', z.object({ tons: z.number() }));

const load = ({ tons }: Cargo): never => {
  throw new RangeError(tons + ' tons are too much');
};

export const handler = queueHandler(
  [loadCargoV1],
  async ({ data }) => load(data),
  createRuntime(),
  wireOwnQueue(),
);
`;

/** Fails behind the edge that resumes a stream at the record that failed. */
const chart = `import { createRuntime } from '../../adapters/runtime.ts';
import { projectionHandler } from '../../edge/messages/stream.ts';

interface Sighted {
  readonly island: string;
}

export const handler = projectionHandler<Sighted>(async ({ event }) => {
  throw new TypeError(event.island + ' is on no chart');
}, createRuntime());
`;

/** Fails while it is loaded, before any handler runs. */
const moor = `const depth = (chart: ReadonlyMap<string, number>, port: string): number => {
  const found = chart.get(port);
  if (found === undefined) throw new Error(port + ' has no depth');
  return found;
};

const atHome = depth(new Map(), 'home');

export const handler = async (): Promise<number> => atHome;
`;

/** By function: the TypeScript of its handler. */
export const HANDLERS: Readonly<Record<string, string>> = { weigh, sail, load, chart, moor };

/** Where the handler of a function lies, relative to the project. */
export const sourceOf = (name: string): string => `functions/ships/handlers/${name}.handler.ts`;

/** The line of a handler's source, counted from 1, that holds a text. */
export const lineOf = (name: string, text: string): number =>
  (HANDLERS[name] ?? '').split('\n').findIndex((line) => line.includes(text)) + 1;
