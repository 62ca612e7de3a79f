import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { isolationRows } from '../../security/isolation.ts';
import { ISOLATION_PAGE, renderIsolation, renderTokens, TOKENS_PAGE } from '../../security/pages.ts';
import { TOKEN_VECTORS, tokenRows } from '../../security/tokens.ts';
import type { RunningHere } from '../system.ts';

const LONGEST_MS = 120_000;

export const securityCases = (system: () => RunningHere): void => {
  it(
    'answers the same about what belongs to another and about what is not there, as docs/isolation.md says: otherwise `npm run security`',
    async () => {
      const rows = await isolationRows(system());
      expect(rows.filter(({ differences }) => differences.length > 0)).toEqual([]);
      expect(rows.length).toBeGreaterThan(40);
      expect(readFileSync(ISOLATION_PAGE, 'utf8')).toBe(renderIsolation(rows));
    },
    LONGEST_MS,
  );

  it(
    'turns away every token that is not as it must be before a function runs, as docs/tokens.md says: otherwise `npm run security`',
    async () => {
      expect(TOKEN_VECTORS.length).toBeGreaterThanOrEqual(27);
      const rows = await tokenRows(system());
      const wrong = rows.filter(({ status, expected, invocations }) => status !== expected || invocations !== 0);
      expect(wrong).toEqual([]);
      expect(readFileSync(TOKENS_PAGE, 'utf8')).toBe(renderTokens(rows));
    },
    LONGEST_MS,
  );
};
