const dns = require('node:dns');
const http = require('node:http');
const crypto = require('node:crypto');
const { setTimeout: sleep } = require('node:timers/promises');
const { readFile } = require('node:fs/promises');

const answerOf = (url, options = {}) =>
  new Promise((resolve, reject) => {
    const request = http.request(url, options, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve(`${response.statusCode} ${text}`));
    });
    request.on('error', reject).end();
  });

const times = () => [
  Date.now(),
  Number(Reflect.construct(Date, [])),
  performance.now(),
  process.hrtime()[0],
  process.uptime(),
];

let invocations = 0;

const asked = {
  remember: async () => {
    const variable = process.env.SEEN ?? 'none';
    process.env.SEEN = 'yes';
    globalThis.invocations = (globalThis.invocations ?? 0) + 1;
    return [++invocations, globalThis.invocations, variable];
  },
  /** Real work passes between the two readings, and no time. */
  standstill: async () => {
    const before = times();
    for (let round = 0; round < 20; round++) await readFile(__filename);
    return { before, after: times() };
  },
  exhaust: async () => {
    for (const kept = []; ; ) kept.push(new Array(1_000_000).fill(kept.length));
  },
  timers: async () => {
    const startedAtMs = Date.now();
    const beats = [];
    const timer = setInterval(() => beats.push(Date.now() - startedAtMs), 250);
    await sleep(600);
    clearInterval(timer);
    await new Promise((resolve) => setTimeout(resolve, 3_600_000));
    return { beats, elapsedMs: Date.now() - startedAtMs, performanceMs: performance.now() > 3_600_000 };
  },
  abort: async () => {
    const startedAtMs = Date.now();
    const signal = AbortSignal.timeout(5_000);
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return { elapsedMs: Date.now() - startedAtMs, name: signal.reason.name };
  },
  /** A timeout that another signal follows, one that nothing waits for, and one whose time has not come. */
  timeouts: async ({ quiet }) => {
    const signals = [quiet ? undefined : AbortSignal.any([AbortSignal.timeout(50)]), 50, 200].map((each) =>
      typeof each === 'number' ? AbortSignal.timeout(each) : each,
    );
    await sleep(100);
    return signals.map((signal) => signal?.aborted);
  },
  chance: async () => ({
    number: Math.random(),
    bytes: crypto.randomBytes(8).toString('hex'),
    uuids: [crypto.randomUUID(), globalThis.crypto.randomUUID()],
    filled: [...globalThis.crypto.getRandomValues(new Uint8Array(4))],
    int: crypto.randomInt(1_000_000),
  }),
  request: async ({ url }) => answerOf(url),
  fetch: async ({ url }) => (await fetch(url)).status,
  broken: async ({ url }) => answerOf(url).catch(({ code }) => code),
  sleep: async ({ ms }) => {
    const startedAtMs = Date.now();
    await sleep(ms);
    return { startedAtMs, sleptMs: Date.now() - startedAtMs };
  },
  refused: async () => answerOf('http://127.0.0.1:1/').catch(({ code }) => code),
  impatient: async ({ url }) => answerOf(url, { signal: AbortSignal.timeout(1) }).catch(({ name }) => name),
  names: async () => {
    const called = new Promise((resolve) => dns.resolveSrv('search.shop.internal', (error) => resolve(error.code)));
    const promised = ['resolveSrv', 'resolve4'].map((kind) =>
      dns.promises[kind]('example.com').catch(({ code }) => code),
    );
    return Promise.all([called, ...promised]);
  },
  spin: () => {
    for (;;);
  },
  variable: ({ name }) => process.env[name],
  never: () => new Promise(() => undefined),
  leave: async () => process.exit(3),
  throwLater: async () => {
    setTimeout(() => {
      throw new Error('nobody catches this');
    }, 10);
    await sleep(60_000);
  },
  slow: async () => sleep(60_000),
  /** Goes on after its answer, when the environment is used again. */
  leaveWork: async ({ url }) => {
    void answerOf(url).then((answer) => {
      globalThis.left = { answer, atMs: Date.now() };
    });
    return 'answered before';
  },
  lookAtWork: async () => {
    const startedAtMs = Date.now();
    await sleep(5);
    return globalThis.left && { answer: globalThis.left.answer, cameLaterMs: globalThis.left.atMs - startedAtMs };
  },
};

exports.handler = async (event) => asked[event.ask](event);
