// @ts-check
import { format } from 'node:util';

const RANK = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const METHODS = /** @type {const} */ ([
  ['trace', 'TRACE'],
  ['debug', 'DEBUG'],
  ['info', 'INFO'],
  ['log', 'INFO'],
  ['warn', 'WARN'],
  ['error', 'ERROR'],
]);

/**
 * Sends what the code prints, line by line, to `emit` at once: the streams of a worker need its event loop to drain,
 * and that stands still between invocations.
 * @param {(level: string, line: string) => void} emit
 * @returns {() => void} sends what was written without a line end
 */
export const captureOutput = (emit) => {
  const isWanted = (/** @type {string} */ level) =>
    RANK.indexOf(level) >= Math.max(0, RANK.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL ?? 'TRACE'));
  for (const [method, level] of METHODS) {
    console[method] = (/** @type {unknown[]} */ ...values) => {
      if (isWanted(level)) emit(level, format(...values));
    };
  }
  const partial = { INFO: '', ERROR: '' };
  /** @param {'INFO' | 'ERROR'} level */
  const writer =
    (level) =>
    /**
     * @param {string | Uint8Array} chunk
     * @param {unknown} [encodingOrDone]
     * @param {unknown} [done]
     */
    (chunk, encodingOrDone, done) => {
      const lines = (partial[level] + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())).split('\n');
      partial[level] = lines.pop() ?? '';
      for (const line of lines) emit(level, line);
      const written = typeof encodingOrDone === 'function' ? encodingOrDone : done;
      if (typeof written === 'function') queueMicrotask(() => written());
      return true;
    };
  process.stdout.write = writer('INFO');
  process.stderr.write = writer('ERROR');
  return () => {
    for (const level of /** @type {const} */ (['INFO', 'ERROR'])) {
      if (partial[level] === '') continue;
      emit(level, partial[level]);
      partial[level] = '';
    }
  };
};
