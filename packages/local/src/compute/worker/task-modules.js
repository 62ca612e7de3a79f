// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import Module, { createRequire, registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ownRequire = createRequire(import.meta.url);

/** What Lambda's Node.js runtimes carry beside the function's own code. */
const RUNTIME_PACKAGE = /^@(aws-sdk|smithy)\//;

const MODULE_SYNTAX = /^\s*(import[\s{*'"]|export[\s{*])/m;

/**
 * The nearest package.json decides whether `.js` is CommonJS, but only up to the task root: on Lambda there is nothing
 * above it, while here the checkout around cdk.out may well say `"type": "module"`.
 * @param {string} taskRoot
 * @param {string} file
 */
const isOutsideAnyPackage = (taskRoot, file) => {
  for (let folder = dirname(file); folder.startsWith(taskRoot); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return false;
  }
  return file.startsWith(taskRoot);
};

/** The SDK is found beside this runtime when the function brings none, as it is on Lambda. */
const offerRuntimePackages = () =>
  registerHooks({
    resolve: (specifier, context, nextResolve) => {
      try {
        return nextResolve(specifier, context);
      } catch (error) {
        if (!RUNTIME_PACKAGE.test(specifier)) throw error;
        return { url: pathToFileURL(ownRequire.resolve(specifier)).href, shortCircuit: true };
      }
    },
  });

/** @param {string} taskRoot */
const compileOutsidePackages = (taskRoot) => {
  const extensions = Reflect.get(Module, '_extensions');
  const asNode = extensions['.js'];
  /** @param {any} module @param {string} file */
  extensions['.js'] = (module, file) => {
    if (isOutsideAnyPackage(taskRoot, file)) module._compile(readFileSync(file, 'utf8'), file);
    else asNode(module, file);
  };
};

/**
 * Makes modules below the task root load as they would on Lambda.
 * @param {string} taskRoot
 */
export const loadAsOnLambda = (taskRoot) => {
  offerRuntimePackages();
  compileOutsidePackages(taskRoot);
};

/**
 * The exports of a file that only the checkout around the task root would have made an ES module; else undefined.
 * @param {string} taskRoot
 * @param {string} file
 * @returns {unknown}
 */
export const requireOutsidePackages = (taskRoot, file) => {
  if (!file.endsWith('.js') || !isOutsideAnyPackage(taskRoot, file)) return undefined;
  if (MODULE_SYNTAX.test(readFileSync(file, 'utf8'))) return undefined;
  return createRequire(file)(file);
};
