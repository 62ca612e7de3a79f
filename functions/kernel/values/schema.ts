/** The part of a schema that the kernel needs; every zod schema has it. */
export interface Schema<T> {
  safeParse(input: unknown): ParseResult<T>;
}

export type ParseResult<T> =
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };

/** What is wrong with one value. */
export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** The kind of rule that is broken, as the schema library calls it, and what belongs to it. */
  readonly code?: string | undefined;
  readonly expected?: string | undefined;
  readonly keys?: readonly string[] | undefined;
  readonly values?: readonly unknown[] | undefined;
  readonly format?: string | undefined;
  readonly origin?: string | undefined;
  readonly minimum?: number | bigint | undefined;
  readonly maximum?: number | bigint | undefined;
}
