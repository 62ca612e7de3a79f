const startedMs = performance.now();

const elapsed = (): string => `${String(Math.round((performance.now() - startedMs) / 1000)).padStart(4)} s`;

/** A line of what is going on, with the seconds since the start. */
export const progress = (text: string): void => console.log(`${elapsed()}  ${text}`);

/** Counts cases and says of each what became of it. */
export class Tally {
  passed = 0;
  failed = 0;

  pass(name: string): void {
    this.passed += 1;
    progress(`ok      ${name}`);
  }

  fail(name: string, reason: string): void {
    this.failed += 1;
    progress(`FAILED  ${name}\n${reason.replace(/^/gm, '          ')}`);
  }

  /** Runs a case; answers whether it passed. */
  async try(name: string, run: () => Promise<void>): Promise<boolean> {
    try {
      await run();
      this.pass(name);
      return true;
    } catch (error) {
      this.fail(name, error instanceof Error ? error.message : String(error));
      return false;
    }
  }
}
