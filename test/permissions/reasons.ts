/** Why a role has a permission that no test uses, or one for every resource. `*` stands for anything. */
export interface Reason {
  readonly role: string;
  readonly action: string;
  /** Default: any. */
  readonly resource?: string;
  readonly why: string;
}

export const REASONS: readonly Reason[] = [];
