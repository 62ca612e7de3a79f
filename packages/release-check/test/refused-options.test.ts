import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { synthesizeStacks } from '../src/assembly.ts';
import { runCheck } from '../src/run-check.ts';

const git = promisify(execFile);

const { signal } = new AbortController();

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deploy-check-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Runs the check with `folder` as the project. */
const check = async (...args: readonly string[]) => {
  const said: string[] = [];
  const terminal = { log: (line: string) => said.push(line), error: (line: string) => said.push(line) };
  return { code: await runCheck({ root: folder, terminal, signal }, args), output: said.join('\n') };
};

describe('npm run deploy:check', () => {
  it.each([
    ['nothing to compare with', [], /--against is missing/],
    ['an unknown ref', ['--against', 'no-such-branch'], /'no-such-branch' names no commit.*git fetch/s],
    ['an unknown option', ['--against', 'HEAD', '--force'], /Unknown option '--force'/],
    ['a ref that is an option', ['--against=--all'], /'--all' names no commit/],
    ['a commit of another project', ['--against', 'HEAD'], /HEAD does not hold this project/],
  ])('says what is wrong with %s, and that nothing was checked', async (_what, args, says) => {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
    await git('git', ['init', '--quiet'], { cwd: folder });
    await git('git', [...identity, 'commit', '--quiet', '--allow-empty', '--message', 'Empty'], { cwd: folder });
    const { code, output } = await check(...args);
    expect(output).toMatch(says);
    expect(output).toContain('what to do: ');
    expect(code).toBe(2);
  });

  it('says what the app said that cannot be synthesized, as with an unknown stage', async () => {
    await mkdir(join(folder, 'bin'));
    const app =
      "console.error('there is no stage ' + JSON.stringify(process.env.ARCHIPELAGO_STAGE));\nprocess.exitCode = 1;\n";
    await writeFile(join(folder, 'bin/app.ts'), app);
    const pending = synthesizeStacks({ root: folder, stage: 'moon', label: 'HEAD', signal });
    await expect(pending).rejects.toThrow(/HEAD cannot be synthesized:\nthere is no stage "moon"\n[\s\S]*what to do: /);
  });

  it('says what is wrong outside of a repository', async () => {
    const { code, output } = await check('--against', 'HEAD');
    expect(output).toMatch(/this is no git repository/);
    expect(code).toBe(2);
  });

  it('explains itself', async () => {
    const { code, output } = await check('--help');
    expect(output).toContain('--against REF');
    expect(code).toBe(0);
  });
});
