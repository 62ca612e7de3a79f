import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { World } from '../../../core/world.ts';
import { createEngineClient, type EngineClient } from './engine-client.ts';
import { type EngineDatabase, openEngineDatabase } from './engine-database.ts';
import { startEngineProcess } from './engine-process.ts';
import { repeatable } from './repeatable-engine.ts';

export interface OpenEngine {
  readonly client: EngineClient;
  /** Undefined for an engine that is not the runtime's own. */
  readonly database: EngineDatabase | undefined;
}

const FILE = 'dynamodb.sqlite';

/** A second connection needs a file: there is none to a database in memory. */
const folderFor = async ({ keepFolder }: World): Promise<{ folder: string; isTemporary: boolean }> => {
  if (keepFolder === undefined) return { folder: await mkdtemp(join(tmpdir(), 'local-tables-')), isTemporary: true };
  await mkdir(keepFolder, { recursive: true });
  return { folder: keepFolder, isTemporary: false };
};

/** Where the tables are: `DYNAMODB_ENDPOINT`, else an engine of the runtime's own, on a file that stays with `--keep`. */
export const openEngine = async (world: World): Promise<OpenEngine> => {
  const elsewhere = process.env.DYNAMODB_ENDPOINT;
  if (elsewhere) {
    const client = createEngineClient(elsewhere);
    world.onStop('dynamodb', () => client.close());
    return { client: repeatable(world, client), database: undefined };
  }
  const { folder, isTemporary } = await folderFor(world);
  const path = join(folder, FILE);
  const engine = await startEngineProcess({ path, removeAfterwards: isTemporary ? folder : undefined });
  const client = createEngineClient(engine.endpoint);
  const database = openEngineDatabase(path);
  world.onStop('dynamodb', async () => {
    client.close();
    database.close();
    await engine.stop();
    if (isTemporary) await rm(folder, { recursive: true, force: true });
  });
  return { client: repeatable(world, client), database };
};
