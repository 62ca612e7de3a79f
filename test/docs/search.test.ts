import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { shellBlocks } from './shell-blocks.ts';

const PAGE = 'docs/search.md';

describe(PAGE, () => {
  it('has commands that promise an answer; `npm run test:clients` runs them, and clients in Python and TypeScript', () => {
    const promised = shellBlocks(PAGE).flatMap((block) => block.promised);
    expect(promised).toContain('archipelago.search.v1.SearchService/Search');
    expect(readFileSync('.ci/run', 'utf8')).toContain('npm run test:clients\n');
    const programs = readdirSync('test/clients/python').filter((file) => file.startsWith('test_'));
    expect([...programs, 'order.ts'].filter((file) => !readFileSync(PAGE, 'utf8').includes(file))).toEqual([]);
  });

  it('rests on packages of which each is pinned with its hashes', () => {
    const lines = readFileSync('test/clients/requirements.txt', 'utf8').split('\n');
    const packages = lines.flatMap((line, at) => (/^[a-z]/.test(line) ? [`${line} ${lines[at + 1]}`] : []));
    expect(packages.length).toBeGreaterThan(20);
    expect(packages.filter((each) => !/^[\w-]+==[\w.]+ .*\\\s+--hash=sha256:/.test(each))).toEqual([]);
    const asked = readFileSync('test/clients/requirements.in', 'utf8').trim().split('\n');
    expect(asked.filter((each) => !packages.some((pinned) => pinned.startsWith(`${each} `)))).toEqual([]);
    const lock: { readonly packages: Readonly<Record<string, { readonly integrity?: string }>> } = JSON.parse(
      readFileSync('test/clients/typescript/package-lock.json', 'utf8'),
    );
    const locked = Object.entries(lock.packages).filter(([name]) => name !== '');
    expect(locked.length).toBeGreaterThan(20);
    expect(locked.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
  });
});
