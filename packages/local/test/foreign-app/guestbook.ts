import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Far from this project: code in it finds neither our node_modules nor our package.json. Answers the assembly's folder. */
export const synthesizeGuestbook = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'guestbook-'));
  execFileSync(process.execPath, [join(import.meta.dirname, 'app.mjs')], {
    env: { ...process.env, CDK_OUTDIR: folder, CDK_VALIDATION: 'false' },
  });
  return folder;
};
