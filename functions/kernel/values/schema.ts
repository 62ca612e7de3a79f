/** The part of a schema that the kernel needs; every zod schema has it. */
export interface Schema<T> {
  safeParse(input: unknown): ParseResult<T>;
}

export type ParseResult<T> =
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };

export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}
