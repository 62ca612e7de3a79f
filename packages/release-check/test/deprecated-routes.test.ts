import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { contractRules } from '../src/rules/deploy-rules.ts';
import type { Evidence, RouteShape, Sunset, Usage } from '../src/rules/release.ts';
import { readEvidence } from '../src/usage.ts';
import { putBoat, releaseOf, uses } from './releases.ts';

const SUNSET = { since: '2027-01-01', sunset: '2027-07-01' };
const successor: RouteShape = { ...putBoat, key: 'PUT /v2/boats/{id}', version: 2 };
const routesOf = (...routes: readonly RouteShape[]) => releaseOf({ routes, uses });
const deprecated = (sunset: Sunset = SUNSET): RouteShape => ({ ...putBoat, deprecated: sunset });

const usageOf = (...routes: Usage['routes']): Usage => ({
  stage: 'prod',
  from: '2027-05-28T00:00:00.000Z',
  until: '2027-07-02T00:00:00.000Z',
  routes,
});
const CALLED = usageOf({ key: putBoat.key, calls: 12, lastCall: '2027-06-30' });
const NOT_CALLED = usageOf({ key: putBoat.key, calls: 0 }, { key: successor.key, calls: 99 });

const removal = (route: RouteShape, evidence: Evidence) =>
  Object.values(contractRules).flatMap((rule) =>
    rule(routesOf(route, successor), routesOf(successor), evidence).map(({ subject, what, why, remedy }) => ({
      subject,
      says: `${what}\n${why}\n${remedy}`,
    })),
  );

describe('the removal of a version of a route', () => {
  it.each<[string, RouteShape, Evidence, RegExp]>([
    [
      'that was never deprecated',
      putBoat,
      { today: '2027-07-02', usage: NOT_CALLED },
      /without notice\n.*`deprecated: {since, sunset, instead}`/,
    ],
    [
      'the day before its sunset, called or not',
      deprecated(),
      { today: '2027-06-30', usage: NOT_CALLED },
      /answer until 2027-07-01\n.*remove it on 2027-07-01 or later/,
    ],
    [
      'without a word on its calls',
      deprecated(),
      { today: '2027-07-01' },
      /whether it is still called\n.*npm run usage -- --stage NAME --out FILE, and --usage FILE/,
    ],
    [
      'with a file that does not count it',
      deprecated(),
      { today: '2027-07-01', usage: usageOf({ key: successor.key, calls: 99 }) },
      /does not say whether it is called\n.*from the commit that is deployed/,
    ],
    [
      'that is still called',
      deprecated(),
      { today: '2027-07-02', usage: CALLED },
      /called 12 times in 35 days of stage prod, the last time on 2027-06-30\n.*access log says by routeKey/,
    ],
  ])('is refused: %s', (_what, route, evidence, says) => {
    const [refusal, ...others] = removal(route, evidence);
    expect(others).toEqual([]);
    expect(refusal?.subject).toBe('PUT /boats/{id}');
    expect(refusal?.says).toMatch(/^route PUT \/boats\/\{id\} would be removed\n/);
    expect(refusal?.says).toMatch(says);
  });

  it('is accepted on the day of its sunset, when it was not called', () => {
    expect(removal(deprecated(), { today: '2027-07-01', usage: NOT_CALLED })).toEqual([]);
  });
});

describe('the sunset of a route', () => {
  const changed = (after: RouteShape) =>
    Object.values(contractRules).flatMap((rule) =>
      rule(routesOf(deprecated()), routesOf(after), { today: '2027-02-01' }).map(({ what, why }) => `${what}: ${why}`),
    );

  it('is not brought forward', () => {
    expect(changed(deprecated({ ...SUNSET, sunset: '2027-06-30' }))).toEqual([
      'route PUT /boats/{id} would end on 2027-06-30 instead of 2027-07-01: it was announced to answer until 2027-07-01, and callers plan by that',
    ]);
  });

  it.each([
    ['moves later', deprecated({ ...SUNSET, sunset: '2027-09-01' })],
    ['is taken back', putBoat],
  ])('%s', (_what, after) => {
    expect(changed(after)).toEqual([]);
  });
});

describe('a usage file', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usage-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const read = async (contents: unknown, now = '2027-07-02T12:00:00Z') => {
    await writeFile(join(folder, 'usage.json'), JSON.stringify(contents));
    return readEvidence(folder, { usage: 'usage.json', stage: 'prod' }, Date.parse(now));
  };

  it('says what was called', async () => {
    expect(await read(CALLED)).toEqual({ today: '2027-07-02', usage: CALLED });
  });

  it.each<[string, unknown, string, RegExp]>([
    ['of another stage', { ...CALLED, stage: 'dev' }, '2027-07-02T12:00:00Z', /of stage dev, not prod/],
    ['that is old', CALLED, '2027-07-05T00:00:01Z', /ends on 2027-07-02.*\n.*\n.*write it again/],
    [
      'of a short time',
      { ...CALLED, from: '2027-06-15T00:00:00.000Z' },
      '2027-07-02T12:00:00Z',
      /covers 17 days.*\n.*\n.*count 31 days or more/,
    ],
    ['that is none', { stage: 'prod' }, '2027-07-02T12:00:00Z', /it is no usage file.*\n.*\n?.*npm run usage/s],
  ])('is not used: one %s', async (_what, contents, now, says) => {
    await expect(read(contents, now)).rejects.toThrow(says);
  });

  it('is not used: one that is not there', async () => {
    await expect(readEvidence(folder, { usage: 'usage.json', stage: 'prod' })).rejects.toThrow(
      /no usage file: .*ENOENT/,
    );
  });
});
