import type { History } from '../history.ts';

export interface Violation {
  readonly invariant: string;
  /** The order, product, message or queue that breaks it. */
  readonly subject: string;
  readonly text: string;
}

export type Invariant = (history: History) => readonly Violation[];

export const broken = (invariant: string, subject: string, text: string): Violation => ({ invariant, subject, text });
