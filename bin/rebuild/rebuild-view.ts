import type { Answer, InvokeFunction } from './function-client.ts';

type Step = 'begin' | 'build' | 'compare' | 'switch' | 'cancel' | 'clear';

export interface Rebuild {
  readonly invoke: InvokeFunction;
  readonly service: string;
  print(line: string): void;
  wait(ms: number): Promise<void>;
  now(): number;
}

const PROGRESS_MS = 5_000;

const SHOWN = 5;

interface Sums {
  readonly counts: Readonly<Record<string, number>>;
  /** Orders by name, as many as fit into a line. */
  readonly examples: readonly string[];
  readonly unreadable: readonly string[];
}

const textsIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

const added = ({ counts, examples, unreadable }: Sums, answer: Answer): Sums => {
  const numbers = Object.entries(answer).filter(([, value]) => typeof value === 'number');
  return {
    counts: {
      ...counts,
      ...Object.fromEntries(numbers.map(([name, value]) => [name, (counts[name] ?? 0) + Number(value)])),
    },
    examples: [...examples, ...textsIn(answer.examples)].slice(0, SHOWN),
    unreadable: [...unreadable, ...textsIn(answer.unreadable)].slice(0, SHOWN),
  };
};

const ask = ({ invoke, service }: Rebuild, step: Step, start?: unknown): Promise<Answer> =>
  invoke(service, 'rebuild-view', { step, ...(start !== undefined && { start }) });

/** Every page of a step. */
const each = async (rebuild: Rebuild, step: Step): Promise<Sums> => {
  let sums: Sums = { counts: {}, examples: [], unreadable: [] };
  let start: unknown;
  let saidAt = rebuild.now();
  do {
    const answer = await ask(rebuild, step, start);
    sums = added(sums, answer);
    start = answer.next;
    if (start !== undefined && rebuild.now() - saidAt >= PROGRESS_MS) {
      saidAt = rebuild.now();
      rebuild.print(`${step}: ${sums.counts.orders ?? sums.counts.deleted ?? 0} so far`);
    }
  } while (start !== undefined);
  return sums;
};

/** A change of copies; what was read of them before is forgotten when it answers. */
const change = async (rebuild: Rebuild, step: Step): Promise<Answer> => {
  const answer = await ask(rebuild, step);
  await rebuild.wait(Number(answer.waitMs ?? 0) + 1_000);
  return answer;
};

const clear = async (rebuild: Rebuild): Promise<void> => {
  const { counts } = await each(rebuild, 'clear');
  rebuild.print(`clear: ${counts.deleted} rows of other copies deleted`);
};

export const cancel = async (rebuild: Rebuild): Promise<number> => {
  const { live } = await change(rebuild, 'cancel');
  rebuild.print(`cancel: lists are read from copy ${String(live)}, as before`);
  await clear(rebuild);
  return 0;
};

const named = (orders: readonly string[], count = 0): string => {
  const more = count > orders.length ? ' …' : '';
  return orders.length === 0 ? '' : ` (${orders.join(', ')}${more})`;
};

/** Answers the exit code: 1 when the live view stays because an order cannot be read. */
export const rebuildView = async (
  rebuild: Rebuild,
  { compareOnly }: { readonly compareOnly: boolean },
): Promise<number> => {
  const { live, building } = await change(rebuild, 'begin');
  rebuild.print(`begin: copy ${String(building)} is made beside copy ${String(live)}, which lists are read from`);
  const built = await each(rebuild, 'build');
  rebuild.print(`build: ${built.counts.orders ?? 0} orders, ${built.counts.written ?? 0} rows written`);
  const { counts, examples, unreadable } = await each(rebuild, 'compare');
  const { orders = 0, different = 0, missing = 0, mended = 0, failed = 0 } = counts;
  const differs = `the live view differs in ${different}${named(examples, different)}, of which it lacks ${missing}`;
  rebuild.print(`compare: ${orders} orders; ${differs}; ${mended} changed meanwhile and were made again`);
  if (failed > 0) {
    rebuild.print(`${failed} orders cannot be read${named(unreadable, failed)}: the live view stays. The log of`);
    rebuild.print('rebuild-view says why. Then run this again, which goes on, or give it up with --cancel.');
    return 1;
  }
  if (compareOnly) return cancel(rebuild);
  const switched = await change(rebuild, 'switch');
  rebuild.print(`switch: lists are read from copy ${String(switched.live)}`);
  await clear(rebuild);
  return 0;
};
