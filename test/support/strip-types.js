import { createHash } from 'node:crypto';
import { stripTypeScriptTypes } from 'node:module';

// TypeScript 7 has no transpile API that ts-jest could call, so tests run on the same type stripping as the program.
export default {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
  getCacheKey: (source, path) => createHash('sha256').update(process.version).update(path).update(source).digest('hex'),
};
