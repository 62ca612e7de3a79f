import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file that the deployment put beside the function's code. `__dirname` is that place in a CommonJS bundle, and only there. */
export const bundledFile = (name: string): string => readFileSync(join(__dirname, name), 'utf8');
