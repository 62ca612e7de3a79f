import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/core/json.ts';
import { startSimulation } from '../../src/simulation/start-simulation.ts';
import { writeAssembly } from '../assembly/written-assembly.ts';

const BUS_ARN = 'arn:aws:events:us-east-1:000000000000:event-bus/shop';
const FATES = ['well', 'fails', 'exits', 'hangs'];
const EVENTS = 40;

const getAtt = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

const resource = (Type: string, Properties: JsonObject) => ({ Type, Properties });

/** A rule invokes a function by its alias; what that does not handle comes back to it through a queue. */
const RESOURCES = (concurrency?: number): JsonObject => ({
  Bus: resource('AWS::Events::EventBus', { Name: 'shop' }),
  Failures: resource('AWS::SQS::Queue', { QueueName: 'failures', VisibilityTimeout: 60 }),
  Fn: resource('AWS::Lambda::Function', {
    FunctionName: 'subscriber',
    Code: { S3Bucket: 'assets', S3Key: 'subscriber.zip' },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Role: 'arn:aws:iam::000000000000:role/subscriber',
    Timeout: 10,
    ...(concurrency !== undefined && { ReservedConcurrentExecutions: concurrency }),
  }),
  Version: resource('AWS::Lambda::Version', { FunctionName: { Ref: 'Fn' } }),
  Live: resource('AWS::Lambda::Alias', {
    FunctionName: { Ref: 'Fn' },
    FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
    Name: 'live',
  }),
  Settings: resource('AWS::Lambda::EventInvokeConfig', {
    FunctionName: { Ref: 'Fn' },
    Qualifier: 'live',
    MaximumRetryAttempts: 0,
    MaximumEventAgeInSeconds: 21_600,
    DestinationConfig: { OnFailure: { Destination: getAtt('Failures') } },
  }),
  Mapping: resource('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: getAtt('Failures'),
    FunctionName: { Ref: 'Live' },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  }),
  Permission: resource('AWS::Lambda::Permission', {
    FunctionName: { Ref: 'Live' },
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
    SourceArn: getAtt('Rule'),
  }),
  Rule: resource('AWS::Events::Rule', {
    EventBusName: { Ref: 'Bus' },
    EventPattern: { source: ['shop'] },
    Targets: [{ Id: 'Target', Arn: { Ref: 'Live' } }],
  }),
});

const writeSubscriber = (concurrency?: number): string => {
  const destinations = { here: { bucketName: 'assets', objectKey: 'subscriber.zip' } };
  const assets = { files: { subscriber: { source: { path: 'asset.subscriber', packaging: 'zip' }, destinations } } };
  const folder = writeAssembly({ Stack: { template: { Resources: RESOURCES(concurrency) }, assets } });
  mkdirSync(join(folder, 'asset.subscriber'));
  const source = readFileSync(new URL('./functions/subscriber.js', import.meta.url), 'utf8');
  writeFileSync(join(folder, 'asset.subscriber/index.js'), source);
  writeFileSync(join(folder, 'asset.subscriber/package.json'), '{ "type": "commonjs" }');
  return folder;
};

const HARSH = { repeats: 0.2, late: 0.1, splits: 0.5, coldStarts: 0.2 };

/** Publishes forty events at once and runs until nothing is left to do. */
const publishAll = async (seed: number, concurrency?: number) => {
  const simulation = await startSimulation({ assemblyFolder: writeSubscriber(concurrency), seed, disturbance: HARSH });
  const { world } = simulation;
  for (let number = 0; number < EVENTS; number += 1) {
    const event = {
      source: 'shop',
      'detail-type': 'Placed',
      detail: { number, fate: FATES[number % FATES.length] ?? '' },
    };
    await world.targets.deliver(BUS_ARN, { payload: JSON.stringify(event), source: 'test' });
  }
  const { quiet } = await simulation.runUntilQuiet({ maxVirtualMs: 3_600_000 });
  await simulation.stop();
  const handled = world.journal.read('logs').flatMap(({ data }) => (data === undefined ? [] : [Object(data).handled]));
  const outcomes = world.journal.read('deliveries').map(({ outcome }) => String(outcome));
  const throttled = world.journal.read('invocations').filter(({ status }) => status === 'throttled').length;
  return { quiet, handled, outcomes, throttled, hash: simulation.traceHash() };
};

const all = Array.from({ length: EVENTS }, (_, number) => number);

describe('a simulated subscription', () => {
  it('loses no event whose function fails, ends or hangs, and hands some over twice', async () => {
    const { quiet, handled, outcomes, hash } = await publishAll(1);
    expect(quiet).toBe(true);
    expect(new Set(handled)).toEqual(new Set(all));
    expect(handled.length).toBeGreaterThan(EVENTS);
    expect(outcomes.filter((outcome) => outcome === 'passed-on').length).toBeGreaterThanOrEqual((EVENTS * 3) / 4);
    expect(outcomes).not.toContain('dropped');
    expect((await publishAll(1)).hash).toBe(hash);
  }, 60_000);

  it('waits for a function that has no environment left, and loses nothing then either', async () => {
    const { quiet, handled, outcomes, throttled } = await publishAll(2, 2);
    expect({ quiet, throttled: throttled > 0 }).toEqual({ quiet: true, throttled: true });
    expect(new Set(handled)).toEqual(new Set(all));
    expect(outcomes).not.toContain('dropped');
  }, 60_000);
});
