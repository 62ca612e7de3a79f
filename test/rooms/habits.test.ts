import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { castsIn } from './casts.ts';
import { made, sources, templates } from './sources.ts';

interface Habit {
  readonly rule: string;
  readonly files: RegExp;
  /** The only files that may do it. */
  readonly except: readonly string[];
  readonly forbidden: RegExp;
}

const habits: readonly Habit[] = [
  {
    rule: 'the kernel reads no clock, chance, environment or platform',
    files: /^functions\/kernel\//,
    except: [],
    forbidden: /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.|\bset(Timeout|Interval)\b|\bcrypto\./,
  },
  {
    rule: 'a promise that may be rejected is kept by loadOnce alone, which forgets failures',
    files: /^functions\//,
    // A socket, which is there at once.
    except: ['functions/adapters/aws/xray-daemon.ts'],
    forbidden: /\?\?= \w+\(.*\)/,
  },
  {
    rule: 'handlers read no environment',
    files: /\/handlers\//,
    except: [],
    forbidden: /\bprocess\./,
  },
  {
    rule: 'constructs and stacks read neither environment nor context',
    files: /^lib\/(constructs|stacks|config)\//,
    except: [],
    forbidden: /\bprocess\.env\b|\btryGetContext\b/,
  },
  {
    rule: 'the local runtime has one clock, one source of chance and one timer',
    files: /^packages\/local\/src\/(?!compute\/worker\/|cli\/)/,
    except: ['agenda/wake-timer', 'clock', 'random'].map((name) => `packages/local/src/core/${name}.ts`),
    forbidden: /\bDate\.now\b|\bMath\.random\b|\bset(Timeout|Interval)\(/,
  },
  {
    rule: 'no type is silenced',
    files: /./,
    except: [],
    forbidden: /\bas unknown as\b|\bas any\b|[a-z)?]: any\b(?! )|@ts-(ignore|expect-error)|biome-ignore|oxlint-disable/,
  },
];

/**
 * Where no guard and no parser can do what a cast does, and why. TypeScript cannot follow a contract's conditional types
 * through the pipeline that has checked them; aws-cdk-lib's classes do not fit its interfaces under
 * exactOptionalPropertyTypes (an alias and its version, a VPC and a cluster).
 */
const CASTS: Readonly<Record<string, number>> = {
  'functions/edge/http/handler.ts': 1,
  'lib/constructs/functions/service-function.ts': 2,
  'lib/stacks/network-stack.ts': 2,
};

const code = (file: string): string => readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');

describe('habits', () => {
  it.each(habits)('$rule', ({ files, except, forbidden }) => {
    const offenders = [...sources, ...templates].filter(
      (file) => files.test(made(file)) && !except.includes(file) && forbidden.test(code(file)),
    );
    expect(offenders).toEqual([]);
  });

  it('a value crosses a border through a guard or a parser, not through a cast', () => {
    const casts = sources.filter((file) => file.endsWith('.ts')).flatMap((file) => castsIn(file));
    const known = Object.entries(CASTS).flatMap(([file, count]) => Array.from({ length: count }, () => file));
    expect(casts.map((place) => place.replace(/:\d+$/, '')).sort()).toEqual(known.sort());
  });

  it.each([
    ['const x: unknown = read();\nexport const y = x as Thing;', ['a.ts:2']],
    ['export const y = (x as readonly Json[]).map((one) => one as Leaf);', ['a.ts:1', 'a.ts:1']],
    ["import { type A as B } from './a.ts';\n// seen as Thing\nexport const y: 'as B' = 'as Thing';", []],
    ['/** Kept as is. */\nexport interface A {\n  /** Known as b. */\n  readonly b: 1;\n}', []],
    ["export const y = `as Thing` + (x as Thing);\nexport const z = ['a'] as const;", ['a.ts:1']],
  ])('finds the casts in %j', (source, found) => {
    expect(castsIn('a.ts', source)).toEqual(found);
  });

  it('a wiring gives its handlers the runtime and functions called wire…, nothing made in advance', () => {
    const wirings = sources.filter((file) => /^functions\/[^/]+\/wiring\.ts$/.test(file));
    expect(wirings.length).toBeGreaterThan(5);
    const others = wirings.flatMap((file) =>
      [...code(file).matchAll(/^export (?:const|\{) (\w+)(?: = \(|.*)/gm)].filter(
        ([line, name = '']) =>
          !(name === 'runtime' || /^export (const wire[A-Z]\w* = \(|\{ wire[A-Z]\w* \} from)/.test(line)),
      ),
    );
    expect(others.map(([line]) => line)).toEqual([]);
  });

  it('no room is a drawer', () => {
    const drawer = /(^|\/)(utils?|helpers?|commons?|misc|shared|managers?)(\/|\.ts$)/;
    expect(sources.filter((file) => drawer.test(file))).toEqual([]);
  });
});
