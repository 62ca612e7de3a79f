import type { World } from '../../../core/world.ts';
import type { EngineClient } from './engine-client.ts';
import type { EngineDatabase } from './engine-database.ts';
import { openEngine } from './open-engine.ts';

export interface EngineAccess {
  /** Starts the engine with the first call. */
  open(): Promise<EngineClient>;
  /** For what only runs once the engine is open. */
  opened(): EngineClient;
}

export const createEngineAccess = (world: World, onDatabase: (database: EngineDatabase) => void): EngineAccess => {
  let opened: EngineClient | undefined;
  let opening: Promise<EngineClient> | undefined;
  const start = async (): Promise<EngineClient> => {
    const { client, database } = await openEngine(world);
    if (database) onDatabase(database);
    opened = client;
    return client;
  };
  return {
    open: () => {
      opening ??= start();
      return opening;
    },
    opened: () => {
      if (opened) return opened;
      throw new Error('the DynamoDB engine is used before it was opened');
    },
  };
};
