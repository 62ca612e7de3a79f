import { describe, expect, it } from '@jest/globals';
import { propertyVerdicts } from '../../src/assembly/coverage.ts';

const verdicts = propertyVerdicts({
  type: 'Test::Thing',
  honoured: ['Name', 'Settings.Depth', 'Rules.Pattern', 'Free'],
  notEmulated: { Encryption: 'no keys here', 'Free.Colour': 'nobody sees it' },
  identify: () => ({ ref: '', attributes: {} }),
});

describe('coverage of one resource type', () => {
  it('gives each setting the verdict of the longest declared path', () => {
    const walked = verdicts.walk({
      Name: 'a',
      Settings: { Depth: 1, Width: 2 },
      Rules: [{ Pattern: {} }, { Pattern: {}, Retry: 3 }],
      Free: { Anything: 1, Colour: 'red' },
      Encryption: { Key: 'k' },
      Surprise: true,
    });
    expect([...walked].map(([path, { kind }]) => [path, kind])).toEqual([
      ['Name', 'honoured'],
      ['Settings.Depth', 'honoured'],
      ['Settings.Width', 'unknown'],
      ['Rules.Pattern', 'honoured'],
      ['Rules.Retry', 'unknown'],
      ['Free.Anything', 'honoured'],
      ['Free.Colour', 'notEmulated'],
      ['Encryption', 'notEmulated'],
      ['Surprise', 'unknown'],
    ]);
  });

  it('lets * speak for every property that is not named', () => {
    const nameOnly = propertyVerdicts({
      type: 'Test::Inert',
      honoured: ['Name'],
      notEmulated: { '*': 'a name only' },
      identify: () => ({ ref: '', attributes: {} }),
    });
    expect([...nameOnly.walk({ Name: 'a', Policy: { b: 1 } }).values()]).toEqual([
      { kind: 'honoured' },
      { kind: 'notEmulated', reason: 'a name only' },
    ]);
    expect(nameOnly.verdictOf(['Policy', 'Statement']).kind).toBe('notEmulated');
  });
});
