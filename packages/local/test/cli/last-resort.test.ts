import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { spawnProgram } from '../../src/testing/spawned.ts';

const PROGRAM = fileURLToPath(new URL('./faulty-runtime.ts', import.meta.url));

describe('the process of the runtime', () => {
  it('names what nothing handled in the terminal, and goes on', async () => {
    const { ended, printed } = spawnProgram([PROGRAM], process.cwd());
    expect(await ended).toBe(0);
    expect(printed()).toMatch(/unhandled rejection in the local runtime, which goes on: Error: first/);
    expect(printed()).toMatch(/uncaught exception in the local runtime, which goes on: Error: second/);
    expect(printed()).toMatch(/"event":"log".*second/);
    expect(printed()).toContain('still here');
  });
});
