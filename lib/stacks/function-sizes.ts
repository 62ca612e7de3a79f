import type { Stage } from '../config/stage.ts';
import type { Traffic } from '../constructs/functions/gradual-rollout.ts';

export interface FunctionSize {
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly reservedConcurrency?: number;
  readonly traffic?: Traffic;
}

/**
 * 512 MB buys about 0.3 of a processor, enough for one SDK call's TLS. The gateway gives up after 29 s, a caller of an
 * internal API well before its own 15 s are over: each timeout is shorter than its caller's.
 */
export const forRoute: FunctionSize = { timeoutSeconds: 15, memoryMb: 512, traffic: 'requests' };

export const forInternalApi: FunctionSize = { timeoutSeconds: 5, memoryMb: 512, traffic: 'requests' };

export const forConsumer = ({ consumers: { reservedConcurrency } }: Stage): FunctionSize => ({
  timeoutSeconds: 30,
  memoryMb: 512,
  traffic: 'messages',
  ...(reservedConcurrency === 'shared' ? {} : { reservedConcurrency }),
});

export const forStream: FunctionSize = { timeoutSeconds: 60, memoryMb: 512, traffic: 'messages' };

export const forSchedule: FunctionSize = { timeoutSeconds: 50, memoryMb: 512, traffic: 'messages' };

/** Longer than it needs for a page of orders, and shorter than what lies between two of its runs. */
export const forNightlyCheck: FunctionSize = { timeoutSeconds: 300, memoryMb: 512, traffic: 'messages' };

/** It takes no traffic that could be shifted; it waits for a function behind a route and reports to CodeDeploy twice. */
export const forDeploymentHook: FunctionSize = { timeoutSeconds: 50, memoryMb: 512 };
