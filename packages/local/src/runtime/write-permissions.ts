import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../core/world.ts';

let written = 0;

/** Names a folder to write into what was used of the permissions: for reports over many runs. */
const FOLDER = 'LOCAL_PERMISSIONS';

/** Writes at the end, if someone wants it, what `GET /control/permissions` shows. */
export const writePermissions = ({ access, onStop }: World): void => {
  const folder = process.env[FOLDER];
  if (!folder) return;
  onStop('record of permissions', () => {
    mkdirSync(folder, { recursive: true });
    written += 1;
    // The clock and chance of the world may be those of a simulation, the same in every process.
    const name = `${process.pid}-${process.hrtime.bigint()}-${written}.json`;
    writeFileSync(join(folder, name), JSON.stringify(access.usage()));
  });
};
