import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { PAGES } from '../services/pages.ts';
import { missingIn, shellBlocks } from './shell-blocks.ts';

describe.each(PAGES)('%s', (page) => {
  it('has blocks for a shell, of which most promise something; `npm run test:services` runs them', () => {
    const blocks = shellBlocks(page);
    expect(blocks.length).toBeGreaterThan(5);
    expect(blocks.filter(({ promised }) => promised.length > 0).length).toBeGreaterThan(4);
    expect(readFileSync('.ci/run', 'utf8')).toContain('npm run test:services\n');
  });
});

describe('a page with blocks for a shell', () => {
  it('is found out with an answer that lacks what it promises, or has it in another order', () => {
    expect(missingIn('one two three', ['one', 'three'])).toBeUndefined();
    expect(missingIn('one two three', ['three', 'one'])).toBe('one');
    expect(missingIn('one two', ['two', 'three'])).toBe('three');
  });
});
