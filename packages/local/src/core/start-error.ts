/** A refusal to start that the person at the keyboard can act on: what is wrong, where, and what to do about it. */
export class StartError extends Error {
  constructor(what: string, where: string, remedy: string) {
    super(`${what}\n  where: ${where}\n  what to do: ${remedy}`);
    this.name = 'StartError';
  }
}
