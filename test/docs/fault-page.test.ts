import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { FAULT_TYPES } from '../simulation/campaign/fault-types.ts';
import { scenarioNamed } from '../simulation/scenarios.ts';
import { FAULT_PAGE, FAULT_ROWS, readCampaign, renderFaultPage } from './fault-page.ts';
import { titlesIn } from './guide-rows.ts';

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => `F${String(first + index).padStart(2, '0')}`);

describe('docs/faults.md', () => {
  it('is up to date', () => {
    expect(readFileSync(FAULT_PAGE, 'utf8')).toBe(renderFaultPage(readCampaign()));
  });

  it('has every fault from F01 to F42, F48 and F49, and from F51 to F54, once', () => {
    expect(FAULT_ROWS.map(({ id }) => id)).toEqual([...range(1, 42), ...range(48, 49), ...range(51, 54)]);
  });

  it('names only tests and scenarios that exist, at least one for each fault', () => {
    const problems = FAULT_ROWS.flatMap(({ id, shownBy }) => {
      if (shownBy.length === 0) return [`${id}: nothing shows it`];
      return shownBy.flatMap((evidence) => {
        if ('scenario' in evidence) return scenarioNamed(evidence.scenario) ? [] : [`${id}: ${evidence.scenario}`];
        if ('crashes' in evidence) return [];
        const [file, title] = evidence.test;
        return existsSync(file) && titlesIn(file).includes(title) ? [] : [`${id}: ${file} has no test “${title}”`];
      });
    });
    expect(problems).toEqual([]);
  });

  it('counts faults that a campaign must meet', () => {
    const unknown = FAULT_ROWS.flatMap(({ fires = [] }) => fires).filter((name) => !FAULT_TYPES.includes(name));
    expect(unknown).toEqual([]);
  });
});
