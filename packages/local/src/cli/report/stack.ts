import { fileURLToPath } from 'node:url';

/** One line of a stack: where it was, and in which function. */
export interface Frame {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const FRAME = /^\s*at (?:(?:async )?(.+?) \()?((?:file:\/\/|\/|[A-Za-z]:[\\/]|node:).*?):(\d+):(\d+)\)?$/;

const frameOf = (text: string): Frame | undefined => {
  const [, name = '', file, line, column] = FRAME.exec(text) ?? [];
  if (file === undefined) return undefined;
  const path = file.startsWith('file://') ? fileURLToPath(file) : file;
  return { name, file: path, line: Number(line), column: Number(column) };
};

/** The frames in a stack as V8 writes it; lines that are none (the message) are left out. */
export const framesIn = (stack: string): readonly Frame[] =>
  stack
    .split('\n')
    .map(frameOf)
    .filter((frame) => frame !== undefined);
