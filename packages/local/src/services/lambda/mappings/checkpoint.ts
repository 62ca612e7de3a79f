import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How far a mapping has come in its stream: the sequence number of the last record before which all are handled. */
export interface Checkpoint {
  read(): string | undefined;
  write(sequenceNumber: string): void;
}

const NONE: Checkpoint = { read: () => undefined, write: () => {} };

const SEQUENCE = /^\d+$/;

/** Lives in the folder of `--keep`, beside the tables; without one a run begins at the mapping's starting position. */
export const createCheckpoint = (keepFolder: string | undefined, name: string): Checkpoint => {
  if (keepFolder === undefined) return NONE;
  const folder = join(keepFolder, 'checkpoints');
  const file = join(folder, name);
  let written: string | undefined;
  return {
    read: () => {
      try {
        const text = readFileSync(file, 'utf8');
        return SEQUENCE.test(text) ? text : undefined;
      } catch {
        return undefined;
      }
    },
    write: (sequenceNumber) => {
      if (sequenceNumber === written) return;
      if (written === undefined) mkdirSync(folder, { recursive: true });
      writeFileSync(file, sequenceNumber);
      written = sequenceNumber;
    },
  };
};
