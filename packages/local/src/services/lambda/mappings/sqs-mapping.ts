import type { Caller } from '../../../core/aws-call.ts';
import type { World } from '../../../core/world.ts';
import type { Invoker } from '../invocation/invoker.ts';
import { receiveActs, roleOf } from '../state/acts.ts';
import type { FunctionDirectory } from '../state/function-directory.ts';
import type { Mapping } from './mapping.ts';
import type { MappingConfig } from './mapping-config.ts';
import { createSqsBatches, deleteMessage, type Gathered, gatheredOf, queueNameOf } from './sqs-batch.ts';
import { createSqsCollector, type SqsCollector } from './sqs-collector.ts';

/** What one receive takes at most, as through the API. */
const MAX_RECEIVE = 10;

/** Receives once; the filters drop for good what they do not let through. Answers how many came. */
const receive = (world: World, config: MappingConfig, collector: SqsCollector, by: Caller): number => {
  const queues = world.need('queues');
  if (!queues.exists(config.sourceArn) || !world.access.permits(by, receiveActs(config.sourceArn))) return 0;
  const received = queues.receive(config.sourceArn, Math.min(MAX_RECEIVE, world.gate.batch(collector.room())));
  for (const message of received) {
    const one = gatheredOf(message, config);
    if (one) collector.add(one);
    else deleteMessage(world, config, by, message);
  }
  collector.received();
  return received.length;
};

/**
 * Polls a queue when told that something is visible, and hands its messages over in batches. A message that is not
 * handled comes back when its visibility timeout ends.
 */
export const createSqsMapping = (
  world: World,
  directory: FunctionDirectory,
  invoker: Invoker,
  config: MappingConfig,
  localConcurrency: number,
): Mapping => {
  const concurrency = () => Math.min(config.maxConcurrency ?? localConcurrency, localConcurrency);
  const queueName = queueNameOf(config);
  const role = () => roleOf(directory.resolve(config.functionName).fn);
  const batches = createSqsBatches(world, invoker, config, role);
  let inFlight = 0;
  let gatherIsDue = false;
  let stopped = false;
  let unsubscribe = () => {};

  const handOver = async (batch: readonly Gathered[]) => {
    inFlight++;
    try {
      await batches.handOver(batch);
    } finally {
      inFlight--;
    }
    gather();
  };

  const gather = (): void => {
    while (!stopped && inFlight < concurrency()) {
      if (receive(world, config, collector, role()) === 0) return;
    }
  };

  const onBatch = (batch: readonly Gathered[]): void => {
    const entry = { what: 'hand over messages', subject: queueName };
    world.agenda.follow(entry, handOver(batch));
    if (world.gate.repeats('queue')) world.agenda.follow(entry, batches.handOverCopy(batch));
  };

  const collector = createSqsCollector(world, config, onBatch, gather);

  /** Once for all that becomes visible together, so that messages sent as a batch are gathered as one. */
  const gatherSoon = (): void => {
    if (gatherIsDue) return;
    gatherIsDue = true;
    const gathering = world.gate.pass('queue', queueName).then(() => {
      gatherIsDue = false;
      gather();
    });
    world.agenda.follow({ what: 'receive messages', subject: queueName }, gathering);
  };

  return {
    start: () => {
      unsubscribe = world.need('queues').onVisible(config.sourceArn, gatherSoon);
      world.onStop(`mapping of ${queueName}`, unsubscribe);
      gatherSoon();
    },
    stop: () => {
      stopped = true;
      unsubscribe();
    },
    inspect: () => ({
      gathered: collector.size(),
      inFlight,
      concurrency: concurrency(),
      failedBatches: batches.failed(),
    }),
  };
};
