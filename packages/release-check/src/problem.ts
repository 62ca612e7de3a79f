/** Why nothing could be checked: what is wrong, where, and what to do about it. */
export class CheckProblem extends Error {
  constructor(what: string, where: string, remedy: string) {
    super(`${what}\n  where: ${where}\n  what to do: ${remedy}`);
    this.name = 'CheckProblem';
  }
}

export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** The end of what a program said, where its reason usually stands. */
export const lastLines = (output: string, count = 12): string => output.trimEnd().split('\n').slice(-count).join('\n');
