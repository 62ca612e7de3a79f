import type { Stage } from '../stage.ts';
import { dev } from './dev.ts';

/** `dev` without what ministack 1.5.33, which `npm run test:deploy` deploys to, rejects: archives of a bus, and tasks. */
export const emulator: Stage = {
  ...dev,
  name: 'emulator',
  prefix: 'archipelago-emulator',
  tasks: { usual: 'off', of: {} },
  data: { ...dev.data, archiveDays: 'no archive' },
};
