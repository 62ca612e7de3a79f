import { DatabaseSync } from 'node:sqlite';

/**
 * The engine's SQLite file, seen beside the engine. With a stream enabled every write of the engine (dynoxide 1.2.1)
 * looks for the highest sequence number among all stream records it ever kept, and it has no index for that: a write
 * then costs more the more was written before.
 */
export interface EngineDatabase {
  /** Deletes the stream records of a table that come before a sequence number, a lot at a time. Returns how many went. */
  trim(tableName: string, beforeSequence: string): number;
  close(): void;
}

const INDEXES = [
  'CREATE INDEX IF NOT EXISTS by_number ON _stream_records(table_name, CAST(sequence_number AS INTEGER))',
  'CREATE INDEX IF NOT EXISTS by_shard ON _stream_records(table_name, shard_id, sequence_number)',
];

/** The engine may hold the file for as long as its longest transaction. */
const BUSY_TIMEOUT_MS = 5_000;

/** A delete of this many rows holds the file for some 5 ms. */
const LOT = 500;

const DELETE = `DELETE FROM _stream_records WHERE id IN (
  SELECT id FROM _stream_records WHERE table_name = ? AND CAST(sequence_number AS INTEGER) < ? LIMIT ${LOT})`;

/** The engine must have made the file. Adding the indexes takes no time before the first write. */
export const openEngineDatabase = (path: string): EngineDatabase => {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  for (const index of INDEXES) database.exec(index);
  const remove = database.prepare(DELETE);
  return {
    trim: (tableName, beforeSequence) => Number(remove.run(tableName, BigInt(beforeSequence)).changes),
    close: () => database.close(),
  };
};
