/** Where a command prints, and where it is run. */
export interface Terminal {
  /** The project's folder. */
  readonly folder: string;
  /** Prints one line of result. */
  out(line: string): void;
  /** Prints one line of complaint. */
  err(line: string): void;
}
