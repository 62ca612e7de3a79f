import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { readProject } from '../../src/cli/project.ts';
import { synthesize } from '../../src/cli/synthesize.ts';
import { copyProject, runsOf } from './copied-project.ts';

let folder: string;
beforeEach(() => {
  folder = copyProject();
});

const run = async (stage = 'dev') => (await synthesize(readProject(folder), stage)).ran;

describe('synthesizing before a start', () => {
  it('gives the app its context and the stage', async () => {
    expect(await run('prod')).toBe(true);
    expect(runsOf(folder)).toEqual(['prod red']);
  });

  it('runs the app only when a source, the stage or the assembly has changed', async () => {
    const ran = [await run(), await run()];
    writeFileSync(join(folder, 'src', 'new.txt'), '');
    ran.push(await run(), await run(), await run('prod'));
    rmSync(join(folder, 'src', 'new.txt'));
    ran.push(await run('prod'));
    writeFileSync(join(folder, 'src', 'source.txt'), 'edited');
    ran.push(await run('prod'));
    const manifest = join(folder, 'cdk.out', 'manifest.json');
    utimesSync(manifest, 1, 1);
    ran.push(await run('prod'), await run('prod'));
    expect(ran).toEqual([true, false, true, false, true, true, true, true, false]);
  });

  it("refuses with the app's own message when the app fails, and tries again the next time", async () => {
    const source = join(folder, 'src', 'source.txt');
    writeFileSync(source, 'broken');
    await expect(run()).rejects.toThrow(/synthesis failed:[\s\S]*the source is broken[\s\S]*node app\.mjs/);
    await expect(run()).rejects.toThrow('the source is broken');
    writeFileSync(source, 'mended');
    expect(await run()).toBe(true);
  });

  it('says what is missing outside a CDK project', () => {
    rmSync(join(folder, 'cdk.json'));
    expect(() => readProject(folder)).toThrow(/cdk\.json is missing[\s\S]*--app/);
  });
});
