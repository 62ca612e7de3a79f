/** What stands in the way, and what to do about it. */
export class ServiceProblem extends Error {
  readonly advice: string;
  constructor(message: string, advice: string) {
    super(message);
    this.name = 'ServiceProblem';
    this.advice = advice;
  }
}

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
