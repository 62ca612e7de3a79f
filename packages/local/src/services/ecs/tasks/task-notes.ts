import { readPrintedLine } from '../../../core/printed-line.ts';
import type { World } from '../../../core/world.ts';

/** What the journal says of the tasks of one service. */
export interface TaskNotes {
  /** A line that a task printed. */
  printed(taskId: string, level: string, text: string): void;
  /** Something that became of a task or of the service. */
  happened(text: string, level?: 'INFO' | 'WARN' | 'ERROR', taskId?: string): void;
}

export const createTaskNotes = (world: World, serviceName: string): TaskNotes => {
  const record = (taskId: string | undefined, line: ReturnType<typeof readPrintedLine>) =>
    world.journal.record('logs', {
      id: world.random.hex(8),
      atMs: world.clock.now(),
      source: serviceName,
      serviceName,
      ...(taskId !== undefined && { taskId }),
      ...line,
    });
  return {
    printed: (taskId, level, text) => record(taskId, readPrintedLine(text, level)),
    happened: (text, level = 'INFO', taskId) =>
      record(taskId, { level, message: text, bytes: Buffer.byteLength(text) }),
  };
};
