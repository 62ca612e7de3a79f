import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { shortWaits } from './assembly-copy.ts';
import { stocked } from './people.ts';
import { type SearchTasks, searchTasks } from './search-tasks.ts';
import { type RunningHere, startSystem } from './system.ts';
import { steadyTraffic } from './traffic.ts';

let system: RunningHere;
let search: SearchTasks;
let sku: string;

const find = () => system.anonymous('GET', '/search?q=lamp');
const twoServe = () => eventually('two tasks serve', async () => (await search.registered()).length === 2, 60_000);

/** Each environment of the function remembers addresses for itself: asked at once, all of them must know good ones. */
const allFind = () =>
  eventually('every caller finds', async () => {
    const replies = await Promise.all(Array.from({ length: 8 }, find));
    return replies.every(({ status }) => status === 200);
  });

beforeAll(async () => {
  const twoTasks = (template: string) => shortWaits(template).replace(/"MinCapacity": ?1\b/, '"MinCapacity":2');
  system = await startSystem(twoTasks);
  search = searchTasks(system);
  await twoServe();
  await allFind();
  sku = await stocked(system, 3);
}, 120_000);

afterAll(async () => {
  search.close();
  await system.stop();
});

const say = (figures: string) => process.stdout.write(`${figures}\n`);

describe('one of two tasks that is killed under traffic', () => {
  it('fails no search, is left out of the registry, and comes back', async () => {
    const before = await search.registered();
    const [lost = ''] = before;
    const traffic = steadyTraffic(system.anonymous, '/search?q=lamp', 4);
    const beganMs = performance.now();
    const since = () => Math.round(performance.now() - beganMs);
    await search.kill(lost);
    await eventually('it is left out', async () => (await search.registered()).join() === before[1]);
    const leftOutMs = since();
    await twoServe();
    const backMs = since();
    expect(await search.registered()).not.toContain(lost);
    // Callers go on for as long as they remember the address that is gone.
    const enough = traffic.answered() + 300;
    await eventually('many more searches', async () => traffic.answered() > enough, 60_000);
    const { answered, failed, slowestMs } = await traffic.end();
    expect(failed).toEqual([]);
    say(
      `killed: left out after ${leftOutMs} ms, two again after ${backMs} ms, ${answered} searches, none failed, the slowest took ${slowestMs} ms`,
    );
  }, 120_000);
});

describe('all tasks that are killed', () => {
  it('make the search answer 503 with Retry-After, and nothing else answers differently', async () => {
    const others = steadyTraffic(system.anonymous, `/products/${sku}`, 2);
    await Promise.all((await search.registered()).map((id) => search.kill(id)));
    const reply = await eventually('the search says so', async () => {
      const found = await find();
      return found.status !== 200 && found;
    });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([503, 'application/problem+json']);
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    await twoServe();
    await allFind();
    const { answered, failed } = await others.end();
    expect(failed).toEqual([]);
    say(`all killed: ${answered} reads of a product meanwhile, none failed`);
  }, 120_000);
});

describe('a bundle that does not become healthy', () => {
  it('stays out, and the tasks of the one before serve on under traffic', async () => {
    await twoServe();
    await allFind();
    const before = await search.registered();
    const { version } = await search.shown();
    const traffic = steadyTraffic(system.anonymous, '/search?q=lamp', 4);
    await search.releaseProgram("throw new Error('no index');");
    const line = await eventually(
      'the deployment is given up',
      async () => (await search.logged()).find((each) => /^deployment of .* failed: 3 tasks did not/.test(each)),
      60_000,
    );
    expect(line).toContain(`${version} goes on running`);
    expect(await search.registered()).toEqual(before);
    expect(await search.shown()).toMatchObject({ version, deployment: 'COMPLETED' });
    const { answered, failed } = await traffic.end();
    expect(failed).toEqual([]);
    say(`broken rollout: ${line}; ${answered} searches, none failed`);
  }, 120_000);
});

describe('a busy service', () => {
  it('goes from one task to two, and back when it is busy no more', async () => {
    await search.release((text) => text.replace('"MinCapacity":2', '"MinCapacity":1'));
    const [first = ''] = await eventually('one task serves', async () => {
      const found = await search.registered();
      return found.length === 1 && found;
    });
    await search.load(90, 2);
    expect(await search.shown()).toMatchObject({ desired: 1 });
    await search.load(90, 1);
    expect(await search.shown()).toMatchObject({ desired: 2 });
    const beganMs = performance.now();
    await twoServe();
    const readyMs = Math.round(performance.now() - beganMs);
    expect(await search.registered()).toContain(first);
    expect((await find()).status).toBe(200);
    await search.load(10, 15);
    expect(await search.shown()).toMatchObject({ desired: 1 });
    expect(await search.registered()).toHaveLength(1);
    await eventually('the other one has ended', async () => (await search.shown()).tasks.length === 1, 60_000);
    expect((await find()).status).toBe(200);
    say(`scaled: the second task was found ${readyMs} ms after it was wanted`);
  }, 180_000);
});
