import type { World } from '../../../core/world.ts';
import type { Invoker } from '../invocation/invoker.ts';
import { readActs, roleOf } from '../state/acts.ts';
import type { FunctionDirectory } from '../state/function-directory.ts';
import { createCheckpoint } from './checkpoint.ts';
import type { Mapping } from './mapping.ts';
import type { MappingConfig } from './mapping-config.ts';
import { createStreamLanes } from './stream-lanes.ts';
import { createStreamReader } from './stream-reader.ts';

/** Reads a stream when it is notified of records, and spreads them over `parallelization` ordered lanes. */
export const createStreamMapping = (
  world: World,
  directory: FunctionDirectory,
  invoker: Invoker,
  config: MappingConfig,
): Mapping => {
  const resolve = () => directory.resolve(config.functionName);
  const mayRead = () => world.access.permits(roleOf(resolve().fn), readActs(config.sourceArn));
  const checkpoint = createCheckpoint(world.keepFolder, config.name);
  let stopped = false;
  let unsubscribe = () => {};

  /** Not while stopping: invocations that are cut off look like failed ones. */
  const saveProgress = () => {
    const sequence = reader.sequence();
    if (!stopped && sequence !== undefined && lanes.areIdle()) checkpoint.write(sequence);
  };

  const lanes = createStreamLanes(world, invoker, config, resolve, () => {
    saveProgress();
    reader.read();
  });
  const reader = createStreamReader(world, config, lanes, { mayRead, onRead: saveProgress });

  /** An earlier run's place in the stream, if this is still the stream it was in. */
  const resume = async () => {
    const kept = checkpoint.read();
    if (kept === undefined || !mayRead()) return;
    const justBefore = { sequence: String(BigInt(kept) - 1n) };
    const found = await world.need('streams').read(config.sourceArn, justBefore, 1);
    if (found.length > 0) reader.continueAfter(kept);
  };

  const stop = () => {
    stopped = true;
    reader.stop();
    unsubscribe();
  };

  return {
    start: async () => {
      await resume();
      unsubscribe = world.need('streams').onRecords(config.sourceArn, reader.read);
      world.onStop(`mapping ${config.logicalId}`, stop);
      reader.read();
    },
    stop,
    inspect: () => ({ lanes: lanes.inspect() }),
  };
};
