import { createHash } from 'node:crypto';
import type { Clock } from '../kernel/ports/clock.ts';
import type { Runtime } from '../kernel/ports/runtime.ts';
import {
  baseEnvironment,
  type EnvironmentContract,
  type EnvironmentOf,
  readEnvironment,
} from '../kernel/values/environment.ts';
import { createEmfMetrics } from './aws/emf-metrics.ts';
import { createXrayTracing } from './aws/xray-tracing.ts';
import { createConsoleLog } from './node/console-log.ts';
import { createUlids } from './node/ulids.ts';

const systemClock: Clock = { now: () => Date.now() };

const ulids = createUlids(systemClock);

/** The function's own variables, checked at cold start: throws an Error naming every one that is missing or malformed. */
export const processEnvironment = <const V extends Readonly<Record<string, 'text' | 'integer'>>>(
  contract: EnvironmentContract<V>,
): EnvironmentOf<EnvironmentContract<V>> => readEnvironment(contract, process.env);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What every function has around it; call it once, in the service's wiring. */
export const createRuntime = (): Runtime => {
  const { service } = processEnvironment(baseEnvironment);
  const functionName = process.env.AWS_LAMBDA_FUNCTION_NAME ?? service;
  const tracing = createXrayTracing(functionName);
  return {
    service,
    functionName,
    clock: systemClock,
    ids: ulids,
    random: Math.random,
    hash: sha256,
    log: createConsoleLog(systemClock, () => ({
      service,
      function: functionName,
      traceparent: tracing.traceparent(),
    })),
    metrics: createEmfMetrics(systemClock, { service, function: functionName }),
    tracing,
  };
};
