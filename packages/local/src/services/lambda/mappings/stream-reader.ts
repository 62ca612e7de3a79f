import type { StreamSource } from '../../../core/ports.ts';
import { messageOf } from '../../../core/thrown.ts';
import type { World } from '../../../core/world.ts';
import type { MappingConfig } from './mapping-config.ts';
import type { StreamLanes } from './stream-lanes.ts';

const READ_LIMIT = 1000;
const REREAD_MS = 1000;

type Position = Parameters<StreamSource['read']>[1];

export interface StreamReader {
  /** The number of the last record that was read; undefined before the first. */
  sequence(): string | undefined;
  continueAfter(sequence: string): void;
  /** Reads what there is, now or right after the read under way. */
  read(): void;
  stop(): void;
}

export interface ReaderTies {
  /** Whether the function's role lets it. */
  readonly mayRead: () => boolean;
  readonly onRead: () => void;
}

/** Reads a stream as far as its lanes have room. */
export const createStreamReader = (
  world: World,
  config: MappingConfig,
  lanes: StreamLanes,
  { mayRead, onRead }: ReaderTies,
): StreamReader => {
  let position: Position = config.startingPosition;
  /** `wanted`: under way, and more may have come since it began. */
  let state: 'idle' | 'reading' | 'wanted' = 'idle';
  let stopped = false;

  /** Answers whether there may be more. */
  const readPage = async (): Promise<boolean> => {
    state = 'reading';
    // Nothing wakes it but the next record: a role changes seldom.
    if (!mayRead()) return false;
    const records = await world.need('streams').read(config.sourceArn, position, READ_LIMIT);
    for (const record of records) lanes.handOut(record);
    const last = records.at(-1);
    if (last) position = { sequence: last.sequenceNumber };
    lanes.pump();
    onRead();
    return records.length > 0 || isWanted();
  };

  const isWanted = (): boolean => state === 'wanted';

  const readAll = async (): Promise<void> => {
    await world.gate.pass('stream', config.logicalId);
    let more = true;
    while (more) more = (await readPage()) && lanes.haveRoom();
  };

  const readLater = (error: unknown): void => {
    const dueAtMs = world.clock.now() + REREAD_MS;
    const what = `read stream again after: ${messageOf(error)}`;
    world.agenda.schedule({ dueAtMs, kind: 'pending', what, subject: config.logicalId }, read);
  };

  const read = (): void => {
    if (state !== 'idle') {
      state = 'wanted';
      return;
    }
    if (stopped || !lanes.haveRoom()) return;
    state = 'reading';
    const done = readAll()
      .catch(readLater)
      .finally(() => {
        const again = isWanted();
        state = 'idle';
        if (again) read();
      });
    world.agenda.follow({ what: 'read stream', subject: config.logicalId }, done);
  };

  return {
    sequence: () => (typeof position === 'string' ? undefined : position.sequence),
    continueAfter: (sequence) => {
      position = { sequence };
    },
    read,
    stop: () => {
      stopped = true;
    },
  };
};
