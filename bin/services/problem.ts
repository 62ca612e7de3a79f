/** What stands in the way, and what to do about it. */
export class ServiceProblem extends Error {
  readonly advice: string;
  constructor(message: string, advice: string) {
    super(message);
    this.name = 'ServiceProblem';
    this.advice = advice;
  }
}

/** What `read` makes of the arguments of a script of package.json; what Node.js has against them is said with the way to the help. */
export const argumentsOf = <T>(script: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ServiceProblem(message, `see npm run ${script} -- --help`);
  }
};

/** Runs a command; what stands in its way is said without a stack, and ends it with code 1. */
export const command = async (name: string, run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof ServiceProblem) console.error(`${name}: ${error.message}\n  what to do: ${error.advice}`);
    else console.error(error);
  }
};
