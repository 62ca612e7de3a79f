import type { DeployRule } from './release.ts';

/** Before events had versions, all that was stored was version 1. */
const FIRST_VERSION = 1;

/**
 * While a release rolls out, and after it is rolled back, the release before it reads what it stored. So a new type, or a
 * new version, of a stored event is read by one release before the next one stores it.
 */
export const storedEventsHaveReaders: DeployRule = (before, after) =>
  after.storedKinds.flatMap(({ file, aggregate, type, writes, ignorable }) => {
    const declared = before.storedKinds.filter((kind) => kind.aggregate === aggregate);
    const reads = declared.find((kind) => kind.type === type)?.reads ?? 0;
    const readable = declared.length === 0 ? FIRST_VERSION : reads;
    if (writes <= readable || (ignorable && declared.length > 0)) return [];
    const name = `${type}.v${writes}`;
    return [
      {
        subject: `${aggregate}/${name}`,
        what: `${name} would be stored by the release that is the first to read it`,
        where: file,
        why: 'during a gradual rollout and after a rollback the release before meets it, and cannot read that stream',
        remedy: `release the reader first: set writes to ${readable} here, and to ${writes} in the release after it`,
      },
    ];
  });
