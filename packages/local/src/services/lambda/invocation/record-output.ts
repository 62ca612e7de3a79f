import type { OutputLine } from '../../../compute/environment.ts';
import { readPrintedLine } from '../../../core/printed-line.ts';
import type { World } from '../../../core/world.ts';
import { traceIdOf } from '../../../http/trace-header.ts';
import { logActs, roleOf } from '../state/acts.ts';
import type { FunctionDirectory } from '../state/function-directory.ts';

/**
 * One journal entry for each line a function prints; `data` holds the line when it is a JSON object. A line that the
 * function's role may not write is lost, as on AWS.
 */
export const recordOutput = (world: World, directory: FunctionDirectory, line: OutputLine): void => {
  const fn = directory.named(line.functionName);
  if (fn && !world.access.permits(roleOf(fn), logActs(world, fn, line.environmentId))) return;
  world.journal.record('logs', {
    id: world.random.hex(8),
    atMs: world.clock.now(),
    source: line.functionName,
    functionName: line.functionName,
    environmentId: line.environmentId,
    ...(line.requestId ? { requestId: line.requestId, invocationId: line.requestId } : {}),
    ...(line.traceHeader ? { traceId: traceIdOf(line.traceHeader) ?? '' } : {}),
    ...readPrintedLine(line.text, line.level),
  });
};
