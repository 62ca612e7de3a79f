import { describe, expect, it } from '@jest/globals';
import { parseLocalOptions } from '../../src/cli/options.ts';
import { jsonReporter } from '../../src/cli/report/json-reporter.ts';
import { textReporter } from '../../src/cli/report/text-reporter.ts';
import { createWorld } from '../../src/core/create-world.ts';
import type { JsonObject } from '../../src/core/json.ts';

interface Person {
  readonly interactive: boolean;
  readonly colours: boolean;
}

const IN_A_PIPE: Person = { interactive: false, colours: false };

/** What a reporter with these options prints of the journal of a system with two functions. */
const reporting = (args: readonly string[] = [], person: Person = IN_A_PIPE) => {
  const world = createWorld();
  world.provide('functions', {
    invoke: () => Promise.reject(new Error('unused')),
    invokeAsync: () => '',
    reload: () => [],
    names: () => ['shop-dev-orders-place', 'shop-dev-stock-take'],
  });
  const lines: string[] = [];
  const print = (text: string) => lines.push(...text.split('\n'));
  const terminal = { folder: '/project', out: print, err: print, commandLine: String, ...person };
  const options = parseLocalOptions(args, String);
  const reporter = options.json ? jsonReporter(terminal, options) : textReporter(terminal, options);
  reporter.follow({ world });
  const atMs = new Date(2026, 0, 31, 12, 5, 9).getTime();
  return {
    lines,
    stop: () => reporter.stopping(),
    record: (kind: Parameters<typeof world.journal.record>[0], entry: JsonObject) =>
      world.journal.record(kind, { id: world.random.uuid(), atMs, ...entry }),
    atMs,
  };
};

const request = (more: JsonObject = {}) => ({ method: 'GET', target: '/a?b=1', status: 200, durationMs: 7, ...more });

const logged = (more: JsonObject = {}) => ({
  level: 'INFO',
  functionName: 'shop-dev-orders-place',
  message: 'counted',
  data: { level: 'info', message: 'counted', items: 3, correlationId: 'c-1' },
  ...more,
});

const ESCAPE = String.fromCharCode(27);

describe('what the terminal shows', () => {
  it('has time and colours at a terminal, time alone for who wants no colours, and neither in a pipe', () => {
    const printed = (person: Person) => {
      const { lines, record } = reporting([], person);
      record('requests', request({ method: 'POST', status: 500 }));
      return lines[0] ?? '';
    };
    expect(printed({ interactive: true, colours: true })).toMatch(
      new RegExp(`${ESCAPE}\\[2m12:05:09${ESCAPE}\\[22m POST .*${ESCAPE}\\[31m500${ESCAPE}\\[39m`),
    );
    expect(printed({ interactive: true, colours: false })).toMatch(/^12:05:09 POST {3}\/a\?b=1 +500 +7 ms$/);
    expect(printed(IN_A_PIPE)).toMatch(/^POST {3}\/a\?b=1 +500 +7 ms$/);
  });

  it('aligns requests, and names function, correlation id and the reason of a refusal', () => {
    const { lines, record } = reporting();
    record('invocations', { id: 'i-1', functionName: 'shop-dev-orders-place', status: 'ok' });
    record('requests', request({ invocationId: 'i-1', correlationId: 'c-1' }));
    record('requests', request({ method: 'DELETE', status: 401, durationMs: 1234, authorizerError: 'token expired' }));
    expect(lines[0]).toMatch(/ {2}200 {6}7 ms {2}orders-place {2}c-1$/);
    expect(lines[1]).toMatch(/^DELETE .* {2}401 {3}1234 ms {2}token expired$/);
    expect(lines[0]?.indexOf(' 200 ')).toBe(lines[1]?.indexOf(' 401 '));
  });

  it('counts repeats of a GET until its answer changes, and folds nothing else', () => {
    const { lines, record, stop } = reporting();
    for (let count = 0; count < 5; count++) record('requests', request({ status: 404 }));
    record('requests', request({ status: 200 }));
    for (let count = 0; count < 2; count++) record('requests', request({ method: 'POST' }));
    for (let count = 0; count < 2; count++) record('requests', request({ target: '/c', status: 503 }));
    stop();
    expect(lines.map((line) => line.replace(/ +/g, ' '))).toEqual([
      'GET /a?b=1 404 7 ms',
      'GET /a?b=1 404 7 ms ×4',
      'GET /a?b=1 200 7 ms',
      'POST /a?b=1 200 7 ms',
      'POST /a?b=1 200 7 ms',
      'GET /c 503 7 ms',
      'GET /c 503 7 ms',
    ]);
  });

  it('leaves out structured lines that do not warn, and measures, unless --logs asks for the lines', () => {
    const printed = (...args: readonly string[]) => {
      const { lines, record } = reporting(args);
      record('logs', logged());
      record('logs', logged({ data: { _aws: {} } }));
      record('logs', logged({ level: 'WARN', message: 'slow' }));
      return lines;
    };
    const slow = 'warn   orders-place  slow  items 3  correlation c-1';
    expect(printed()).toEqual([slow]);
    expect(printed('--logs')).toEqual(['log    orders-place  counted  items 3  correlation c-1', slow]);
    expect(printed('--quiet')).toEqual([]);
  });

  it('shows an error that left the handler once, with what else is known of it', () => {
    const { lines, record } = reporting();
    const error = {
      errorType: 'TypeError',
      errorMessage: 'no\nprice',
      trace: ['TypeError: no', '    at /gone.js:1:2'],
    };
    record('logs', { level: 'ERROR', functionName: 'shop-dev-stock-take', message: 'Invoke Error\t{}' });
    record('invocations', { id: 'i-1', functionName: 'shop-dev-stock-take', status: 'error', source: 'rule', error });
    expect(lines).toEqual([
      'failed stock-take: TypeError: no',
      '    price',
      '    at /gone.js:1:2',
      '    request i-1  source rule',
    ]);
  });

  it('shows what tasks print and what becomes of them, under the name of their service', () => {
    const task = { serviceName: 'shop-dev-search', taskId: 't-1' };
    const { lines, record } = reporting();
    record('logs', { ...task, level: 'INFO', message: 'task t-1 of search:1 runs at 127.0.0.1:4000' });
    record('logs', { ...task, level: 'ERROR', message: 'TypeError: no index\n    at /gone.js:1:2' });
    expect(lines).toEqual([
      'log    search  task t-1 of search:1 runs at 127.0.0.1:4000',
      'failed search: TypeError: no index',
      '    at /gone.js:1:2',
      '    task t-1',
    ]);
    const json = reporting(['--json']);
    json.record('logs', { ...task, level: 'INFO', message: 'listening' });
    expect(json.lines.map((line) => JSON.parse(line))).toEqual([expect.objectContaining({ event: 'log', ...task })]);
  });

  it('names the target of a rule that could not be reached, and what becomes of the event', () => {
    const { lines, record, atMs } = reporting();
    const delivery = {
      source: 'events shop/placed',
      target: 'arn:aws:lambda:us-east-1:000000000000:function:shop-dev-stock-take:live',
      what: '1 event',
      attempt: 1,
      attempts: 3,
    };
    const deadLetters = 'arn:aws:sqs:us-east-1:000000000000:dead';
    record('deliveries', { ...delivery, outcome: 'sent' });
    record('deliveries', { ...delivery, outcome: 'failed', nextAttemptAtMs: atMs + 1_500, deadLetters, error: 'gone' });
    record('deliveries', { ...delivery, outcome: 'failed', attempt: 3, nextAttemptAtMs: atMs + 60_000, deadLetters });
    record('deliveries', { ...delivery, outcome: 'dead-lettered', attempt: 3, deadLetters });
    record('deliveries', { ...delivery, outcome: 'dropped', attempt: 1 });
    const destination = 'arn:aws:sqs:us-east-1:000000000000:again';
    record('deliveries', { ...delivery, outcome: 'failed', nextAttemptAtMs: atMs + 1_000, destination });
    record('deliveries', { ...delivery, outcome: 'passed-on', attempt: 3, destination });
    expect(lines).toEqual([
      'retry  events shop/placed: 1 event failed in stock-take, attempt 1 of 3; next in 1.5 s, then dead-letter queue dead (gone)',
      'retry  events shop/placed: 1 event failed in stock-take, attempt 3 of 3; none is left, goes to dead-letter queue dead in 60 s',
      'lost   events shop/placed: 1 event given up after 3 attempts: now in dead-letter queue dead',
      'lost   events shop/placed: 1 event given up after 1 attempt: lost, there is no dead-letter queue',
      'retry  events shop/placed: 1 event failed in stock-take, attempt 1 of 3; next in 1 s, then again',
      'passed events shop/placed: 1 event given up after 3 attempts: now in again',
    ]);
  });

  it('cannot be steered by text from outside, as lines or as JSON', () => {
    const hostile = `\u001b[2J\u009b31m\u202e\u2028${String.fromCharCode(127)}`;
    for (const args of [[], ['--json']]) {
      const { lines, record } = reporting(args);
      record('requests', request({ target: hostile, correlationId: hostile }));
      record('logs', logged({ level: 'WARN', message: hostile, data: { level: 'warn', more: hostile } }));
      record(
        'logs',
        logged({ level: 'ERROR', message: hostile, data: { error: { name: hostile, message: hostile } } }),
      );
      expect(lines.length).toBeGreaterThan(2);
      expect(lines.join('')).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
    }
  });
});
