import { describe, expect, it } from '@jest/globals';
import { COMMANDS } from './commands.ts';
import { crashName, crashNamed } from './crashes.ts';
import { EFFECTS } from './effects.ts';
import { readCrashOptions } from './options.ts';

describe('a crash', () => {
  it('is found by the name that a failure prints', () => {
    for (const command of COMMANDS) {
      for (const effect of EFFECTS) {
        for (const lasts of [false, true]) {
          const name = crashName({ command, effect, number: 17, lasts });
          expect(crashNamed(name)?.name).toBe(name);
        }
      }
    }
    expect(crashNamed('place-forgotten-17')).toBeUndefined();
  });

  it('is in one of the parts, and each day takes another part', () => {
    const partOn = (day: number) => readCrashOptions(['--part', 'day/10'], day * 86_400_000)?.part.number;
    expect(new Set(Array.from({ length: 10 }, (_, day) => partOn(20_000 + day))).size).toBe(10);
    expect(readCrashOptions(['--part', '3/4'], 0)?.part).toEqual({ number: 3, of: 4 });
  });

  it.each([
    ['--part', '5/4'],
    ['--part', '0/4'],
    ['--family', 'all'],
    ['--scenario', 'orders'],
    ['--sead', '1'],
  ])('is not run with %s %s', (...args) => {
    expect(() => readCrashOptions(args, 0)).toThrow();
  });
});
