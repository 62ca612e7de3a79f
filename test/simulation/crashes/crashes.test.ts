import { describe, expect, it } from '@jest/globals';
import { COMMANDS } from './commands.ts';
import { crashName, crashNamed } from './crashes.ts';
import { EFFECTS } from './effects.ts';
import { readCrashOptions } from './options.ts';
import { namesIn } from './parts.ts';

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

  it('is in exactly one part, and every part has some of each effect', () => {
    const names = COMMANDS.flatMap((command) =>
      EFFECTS.flatMap((effect) =>
        Array.from({ length: 50 }, (_, number) => crashName({ command, effect, number, lasts: number % 2 === 0 })),
      ),
    );
    const parts = Array.from({ length: 10 }, (_, index) => namesIn({ number: index + 1, of: 10 }, names));
    expect(parts.flat().sort()).toEqual([...names].sort());
    for (const part of parts)
      for (const { name } of EFFECTS) expect(part.some((each) => each.includes(`-${name}-`))).toBe(true);
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
