// @ts-check

/**
 * The error document a Node.js runtime sends: `{errorType, errorMessage, trace}` as JSON text.
 * @param {unknown} error
 * @param {string} [errorType]
 */
export const errorDocument = (error, errorType) => {
  if (!(error instanceof Error)) {
    return JSON.stringify({ errorType: errorType ?? typeof error, errorMessage: String(error), trace: [] });
  }
  return JSON.stringify({
    errorType: errorType ?? error.name,
    errorMessage: errorType ? error.toString() : error.message,
    trace: (error.stack ?? '').split('\n'),
  });
};

/** An error whose document carries one of the runtime's own types, such as `Runtime.HandlerNotFound`. */
export class RuntimeError extends Error {
  /**
   * @param {string} errorType
   * @param {string} message
   */
  constructor(errorType, message) {
    super(message);
    this.name = errorType;
  }
}
