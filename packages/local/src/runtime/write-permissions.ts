import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../core/world.ts';

/** Names a folder to write into what was used of the permissions: for reports over many runs. */
const FOLDER = 'LOCAL_PERMISSIONS';

/** Writes at the end, if someone wants it, what `GET /control/permissions` shows. */
export const writePermissions = ({ access, onStop }: World): void => {
  const folder = process.env[FOLDER];
  if (!folder) return;
  onStop('record of permissions', () => {
    mkdirSync(folder, { recursive: true });
    // Chance of the world may be that of a simulation, the same in every process.
    writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(access.usage()));
  });
};
