import fc from 'fast-check';

const numberIn = (name: string): number | undefined =>
  process.env[name] === undefined ? undefined : Number(process.env[name]);

const runs = numberIn('PROPERTY_RUNS') ?? 1_000;
const seed = numberIn('PROPERTY_SEED');
const path = process.env.PROPERTY_PATH;

/**
 * Every property runs 1,000 times in `npm test`; `npm run test:properties` runs each 10,000 times and takes the seed and the
 * path that a failure prints.
 */
fc.configureGlobal({
  numRuns: runs,
  ...(seed === undefined ? {} : { seed }),
  ...(path === undefined ? {} : { path, endOnFailure: true }),
});

export { fc };
