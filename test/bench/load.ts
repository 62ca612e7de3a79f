import { Agent, request } from 'node:http';

export interface Call {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What every answer must have; a run that measures errors measures nothing. */
  readonly expect: number;
}

const send = (agent: Agent, { url, method = 'GET', headers = {}, body, expect }: Call): Promise<void> =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { agent, method, headers }, (answer) => {
      answer.resume();
      answer.once('end', () =>
        answer.statusCode === expect ? resolve() : reject(new Error(`${method} ${url} answered ${answer.statusCode}`)),
      );
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });

/** Milliseconds of each of `count` calls, one after the other. */
export const latencies = async (count: number, next: () => Call): Promise<readonly number[]> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const taken: number[] = [];
  for (let done = 0; done < count; done += 1) {
    const started = performance.now();
    await send(agent, next());
    taken.push(performance.now() - started);
  }
  agent.destroy();
  return taken;
};

/** Calls a second over `connections` connections that are never idle. */
export const throughput = async (count: number, connections: number, next: () => Call): Promise<number> => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let left = count;
  const started = performance.now();
  const drain = async () => {
    while (left > 0) {
      left -= 1;
      await send(agent, next());
    }
  };
  await Promise.all(Array.from({ length: connections }, drain));
  agent.destroy();
  return (count * 1000) / (performance.now() - started);
};

export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

export const median = (values: readonly number[]): number => percentile(values, 0.5);
