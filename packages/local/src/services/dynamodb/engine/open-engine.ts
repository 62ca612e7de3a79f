import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from '../../../core/world.ts';
import { createEngineClient, type EngineClient } from './engine-client.ts';
import { startEngineProcess } from './engine-process.ts';

/** Where the tables are: `DYNAMODB_ENDPOINT`, else an engine of the runtime's own, on disk with `--keep`. */
export const openEngine = async (world: World): Promise<EngineClient> => {
  const elsewhere = process.env.DYNAMODB_ENDPOINT;
  if (elsewhere) {
    const client = createEngineClient(elsewhere);
    world.onStop('dynamodb', () => client.close());
    return client;
  }
  if (world.keepFolder) await mkdir(world.keepFolder, { recursive: true });
  const engine = await startEngineProcess(world.keepFolder && join(world.keepFolder, 'dynamodb.sqlite'));
  const client = createEngineClient(engine.endpoint);
  world.onStop('dynamodb', async () => {
    client.close();
    await engine.stop();
  });
  return client;
};
