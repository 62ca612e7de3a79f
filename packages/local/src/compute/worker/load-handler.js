// @ts-check
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RuntimeError } from './error-document.js';
import { requireOutsidePackages } from './task-modules.js';

const EXTENSIONS = ['.js', '.mjs', '.cjs'];

/**
 * @param {string} taskRoot
 * @param {string} modulePath
 */
const findModule = (taskRoot, modulePath) => {
  const extension = EXTENSIONS.find((candidate) => existsSync(join(taskRoot, modulePath + candidate)));
  if (extension) return join(taskRoot, modulePath + extension);
  throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${modulePath}'`);
};

/**
 * @param {string} taskRoot
 * @param {string} file
 * @param {(file: string) => any} [load]
 */
const importModule = async (taskRoot, file, load) => {
  try {
    if (load) return load(file);
    return requireOutsidePackages(taskRoot, file) ?? (await import(pathToFileURL(file).href));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
      throw new RuntimeError('Runtime.ImportModuleError', String(error));
    }
    if (error instanceof SyntaxError) throw new RuntimeError('Runtime.UserCodeSyntaxError', String(error));
    throw error;
  }
};

/**
 * Finds `folder/file.export.nested` below the task root, in CommonJS and ES modules.
 * @param {string} taskRoot
 * @param {string} handler
 * @param {(file: string) => any} [load] how a module is loaded; default: as the runtime does
 * @returns {Promise<Function>}
 */
export const loadHandler = async (taskRoot, handler, load) => {
  const [, file, exported] = /^([^.]+)\.(.+)$/.exec(basename(handler)) ?? [];
  if (!file || !exported || handler.includes('..'))
    throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const loaded = await importModule(taskRoot, findModule(taskRoot, join(dirname(handler), file)), load);
  /** @param {unknown} root */
  const find = (root) =>
    exported.split('.').reduce((/** @type {any} */ value, name) => value?.[name], /** @type {any} */ (root));
  const found = find(loaded) ?? find(loaded.default);
  if (found === undefined) {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (typeof found !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is not a function`);
  return found;
};
