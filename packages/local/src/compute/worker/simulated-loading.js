// @ts-check
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { loadHandler } from './load-handler.js';
import { loadAsOnLambda } from './task-modules.js';

const ownRequire = createRequire(import.meta.url);
const prepared = new Set();

/** Bundles that say they are CommonJS can be loaded again and again in one thread. @param {string} taskRoot */
const saysCommonJs = (taskRoot) => {
  try {
    return JSON.parse(readFileSync(join(taskRoot, 'package.json'), 'utf8')).type === 'commonjs';
  } catch {
    return false;
  }
};

/**
 * Loads a handler with all of its modules new, whatever environment of this thread has loaded them before.
 * @param {string} taskRoot
 * @param {string} handler
 */
export const loadNew = (taskRoot, handler) => {
  if (!prepared.has(taskRoot)) loadAsOnLambda(taskRoot);
  prepared.add(taskRoot);
  for (const file of Object.keys(ownRequire.cache)) if (file.startsWith(taskRoot)) delete ownRequire.cache[file];
  return loadHandler(taskRoot, handler, saysCommonJs(taskRoot) ? (file) => createRequire(file)(file) : undefined);
};
