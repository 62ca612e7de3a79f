// @ts-check
import dns from 'node:dns';

const KINDS = /** @type {const} */ (['resolve', 'resolve4', 'resolve6', 'resolveSrv', 'resolveTxt', 'resolveCname']);

/** @param {string} kind @param {unknown} hostname */
const notFound = (kind, hostname) =>
  Object.assign(new Error(`query${kind.slice('resolve'.length)} ENOTFOUND ${hostname}`), {
    code: 'ENOTFOUND',
    hostname,
  });

/**
 * No name is found under a seed: private ones belong to tasks, which are processes and cannot be repeated, and what a name
 * server of this machine answers would be another thing in each run.
 */
export const replaceNames = () => {
  for (const kind of KINDS) {
    Object.assign(dns.promises, {
      /** @param {unknown} hostname */
      [kind]: async (hostname) => {
        throw notFound(kind, hostname);
      },
    });
    Object.assign(dns, {
      /** @param {...any} values */
      [kind]: (...values) => void process.nextTick(values.at(-1), notFound(kind, values[0])),
    });
  }
};
