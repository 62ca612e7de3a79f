/** A mutant that no test can find, since the program behaves the same with it. */
export interface EquivalentMutant {
  readonly file: string;
  /** The text that is replaced, and by what. */
  readonly original: string;
  readonly replacement: string;
  /** Why no caller can see a difference. */
  readonly reason: string;
}

export const equivalentMutants: readonly EquivalentMutant[] = [
  {
    file: 'functions/catalog/domain/product-decider.ts',
    original: "product.kind === 'listed'",
    replacement: 'true',
    reason: 'A product that is absent has no name, so it is not the same anyway; the test is there for the compiler.',
  },
];
