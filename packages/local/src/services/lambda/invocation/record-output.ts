import type { OutputLine } from '../../../compute/environment.ts';
import { objectInText } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import { traceIdOf } from '../../../http/trace-header.ts';

/** One journal entry for each line a function prints; `data` holds the line when it is a JSON object. */
export const recordOutput = (world: World, line: OutputLine): void => {
  const data = objectInText(line.text);
  const message = data && typeof data.message === 'string' ? data.message : line.text;
  const level = data && typeof data.level === 'string' ? data.level.toUpperCase() : line.level;
  world.journal.record('logs', {
    id: world.random.hex(8),
    atMs: world.clock.now(),
    level,
    source: line.functionName,
    functionName: line.functionName,
    environmentId: line.environmentId,
    ...(line.requestId ? { requestId: line.requestId, invocationId: line.requestId } : {}),
    ...(line.traceHeader ? { traceId: traceIdOf(line.traceHeader) ?? '' } : {}),
    message,
    bytes: Buffer.byteLength(line.text),
    ...(data ? { data } : {}),
  });
};
