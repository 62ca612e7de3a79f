/** A test of `npm test`, or one or several scenarios or families of the simulation. */
export type Evidence =
  | { readonly test: readonly [file: string, title: string] }
  | { readonly scenario: string }
  | { readonly crashes: 'killed' | 'once' | 'forever' };

export interface FaultRow {
  readonly id: string;
  readonly fault: string;
  readonly holds: string;
  readonly shownBy: readonly Evidence[];
  /** Faults of a campaign, as its table names them. */
  readonly fires?: readonly string[];
  /** What cannot be shown here, but on AWS alone. */
  readonly onlyAws?: string;
  /** What nothing shows yet. */
  readonly open?: string;
}

export const test = (file: string, title: string): Evidence => ({ test: [file, title] });
export const scenario = (name: string): Evidence => ({ scenario: name });
export const crashes = (family: 'killed' | 'once' | 'forever'): Evidence => ({ crashes: family });

export const IDEMPOTENCY = 'test/contract/idempotency.test.ts';
export const ADAPTERS = 'test/integration/edge/aws-adapters.test.ts';
export const QUEUE = 'test/integration/edge/queue.test.ts';
export const RELAY = 'test/integration/edge/relay.test.ts';
export const LEASES = 'test/domain/registry/lease.test.ts';
export const SERVICE = 'test/domain/kernel/calls/service-client.test.ts';
export const CROWD = 'test/e2e/cases/crowd.ts';
