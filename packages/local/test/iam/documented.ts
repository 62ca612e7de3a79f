import type { Requester } from '../../src/iam/principal.ts';
import { ACCOUNT, type Case } from './decide.ts';

/** A case whose verdict AWS documents: the page of its documentation, what is asked, and the answer there. */
export interface Documented extends Case {
  readonly page: string;
  readonly says: string;
}

export const ALLOWED = 'allowed';
export const SILENT = 'identity: silent';
export const DENIED = 'identity: denies';

export const user = (name: string): Requester => ({
  kind: 'role',
  account: ACCOUNT,
  roleArn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
  sessionArn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
});
