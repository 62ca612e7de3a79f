/** One of the commands of this package, as a person types it; with arguments or alone. */
export type CommandLine = (command: 'start' | 'token' | 'invoke' | 'redrive' | 'env', args?: string) => string;

/** Where a command prints, and where it is run. */
export interface Terminal {
  /** The project's folder. */
  readonly folder: string;
  /** Whether a person reads what is printed as it comes, not a file or another program. */
  readonly interactive: boolean;
  /** Whether that person wants colours. */
  readonly colours: boolean;
  /** How the commands are called here: a project has scripts of its own for them. */
  readonly commandLine: CommandLine;
  /** Prints one line of result. */
  out(line: string): void;
  /** Prints one line of complaint. */
  err(line: string): void;
}
