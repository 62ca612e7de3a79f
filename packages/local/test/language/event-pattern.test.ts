import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/core/json.ts';
import { checkPattern, matchesPattern } from '../../src/language/event-pattern/matches-pattern.ts';

interface GoldenCase {
  readonly pattern: JsonObject;
  readonly event: JsonObject;
  readonly matches?: boolean;
  readonly refusal?: string;
}

const goldenCases: readonly GoldenCase[] = JSON.parse(
  readFileSync(new URL('../golden/event-patterns.json', import.meta.url), 'utf8'),
);

const verdictOf = ({ pattern, event }: GoldenCase) => {
  try {
    return { pattern, event, matches: matchesPattern(pattern, event) };
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace('Event pattern is not valid. Reason: ', '') : error;
    return { pattern, event, refusal: reason };
  }
};

describe('event patterns', () => {
  it("agree with AWS's event-ruler on every golden case", () => {
    expect(goldenCases.length).toBeGreaterThan(900);
    expect(goldenCases.map(verdictOf)).toEqual(goldenCases);
  });

  it('refuse an invalid pattern with the exception of the EventBridge API', () => {
    expect(() => checkPattern({ source: 'orders' })).toThrow(
      expect.objectContaining({
        code: 'InvalidEventPatternException',
        message: 'Event pattern is not valid. Reason: "source" must be an object or an array',
      }),
    );
  });

  it('refuse an empty list below anything-but, on which event-ruler itself fails', () => {
    expect(() => checkPattern({ source: [{ 'anything-but': { prefix: [] } }] })).toThrow('Empty arrays');
  });
});
