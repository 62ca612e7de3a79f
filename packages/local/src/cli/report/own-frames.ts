import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import { createSourcePositions } from './source-positions.ts';
import { type Frame, framesIn } from './stack.ts';

/** Enough to see who called whom; the whole stack is in the logs. */
const SHOWN = 4;

const PACKAGES = `${sep}node_modules${sep}`;
const RUNTIME = join(import.meta.dirname, '..', '..') + sep;

const isOwn = ({ file }: Frame): boolean => !file.includes(PACKAGES) && !file.startsWith(RUNTIME) && existsSync(file);

const isTypeScript = ({ file }: Frame): boolean => /\.[cm]?tsx?$/.test(file);

/** The first frames of a stack that are in code a person here wrote, by position in its source. */
export const createOwnFrames = (): ((stack: string) => readonly Frame[]) => {
  const positionOf = createSourcePositions();
  return (stack) => {
    const frames = framesIn(stack).map(positionOf);
    const own = frames.filter(isOwn);
    // Beside TypeScript, JavaScript in the project is what was built from packages.
    const written = own.some(isTypeScript) ? own.filter(isTypeScript) : own;
    return (written.length > 0 ? written : frames).slice(0, SHOWN);
  };
};
