import type { World } from '../../../core/world.ts';
import type { EngineDatabase } from '../engine/engine-database.ts';
import type { StreamTails } from './stream-tail.ts';

const TRIM_EVERY_MS = 60 * 60_000;

/** Between two lots the engine gets its turn. */
const PAUSE_MS = 10;

/** Deletes from the engine what a stream on AWS would have dropped: records of more than 24 h. */
export const trimStreams = (world: World, database: EngineDatabase, tails: StreamTails): void => {
  const trim = () => {
    const full = tails.kept().filter(({ tableName, fromSequence }) => database.trim(tableName, fromSequence) > 0);
    plan(full.length > 0 ? PAUSE_MS : TRIM_EVERY_MS);
  };
  const plan = (delayMs: number): void => {
    const dueAtMs = world.clock.now() + delayMs;
    world.agenda.schedule({ dueAtMs, kind: 'planned', what: 'trim streams', subject: 'dynamodb' }, trim);
  };
  plan(TRIM_EVERY_MS);
};
