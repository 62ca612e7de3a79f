/** Something that whoever runs the program can put right: its message says how, and needs no stack trace. */
export class Problem extends Error {
  override readonly name = 'Problem';
}

export const isMissingProgram = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

/** The end of what a program said, where its reason usually stands. */
export const lastLines = (output: string, count = 15): string => output.trimEnd().split('\n').slice(-count).join('\n');
