// @ts-check
/** The end of what temporary-files.js began, in the same process. */
export default () => globalThis.removeTemporaryFiles();
