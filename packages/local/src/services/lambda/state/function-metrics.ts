import type { Outcome } from '../../../compute/environment.ts';

export interface FunctionCounts {
  inFlight: number;
  invocations: number;
  errors: number;
  throttles: number;
  coldStarts: number;
}

export interface FunctionMetrics {
  of(functionName: string): FunctionCounts;
  count(functionName: string, outcome: Outcome): void;
}

export const createFunctionMetrics = (): FunctionMetrics => {
  const counts = new Map<string, FunctionCounts>();
  const of = (functionName: string): FunctionCounts => {
    const known = counts.get(functionName);
    if (known) return known;
    const fresh = { inFlight: 0, invocations: 0, errors: 0, throttles: 0, coldStarts: 0 };
    counts.set(functionName, fresh);
    return fresh;
  };
  return {
    of,
    count: (functionName, { status, coldStart }) => {
      const count = of(functionName);
      count.invocations++;
      if (status !== 'ok') count.errors++;
      if (coldStart) count.coldStarts++;
    },
  };
};
