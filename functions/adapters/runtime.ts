import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import type { Clock } from '../kernel/ports/clock.ts';
import type { Runtime } from '../kernel/ports/runtime.ts';
import { xrayOfTraceparent } from '../kernel/ports/trace-context.ts';
import type { Tracing } from '../kernel/ports/tracing.ts';
import {
  baseEnvironment,
  type EnvironmentContract,
  type EnvironmentOf,
  readEnvironment,
} from '../kernel/values/environment.ts';
import { createEmfMetrics } from './aws/emf-metrics.ts';
import { sendToDaemon } from './aws/xray-daemon.ts';
import { createXrayTracing } from './aws/xray-tracing.ts';
import { createXrayApi } from './container/xray-api.ts';
import { createConsoleLog } from './node/console-log.ts';
import { createUlids } from './node/ulids.ts';

const systemClock: Clock = { now: () => Date.now() };

const ulids = createUlids(systemClock);

/** The function's own variables, checked at cold start: throws an Error naming every one that is missing or malformed. */
export const processEnvironment = <const V extends Readonly<Record<string, 'text' | 'integer'>>>(
  contract: EnvironmentContract<V>,
): EnvironmentOf<EnvironmentContract<V>> => readEnvironment(contract, process.env);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const runtimeOf = (service: string, functionName: string, tracing: Tracing): Runtime => {
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

/** What every function has around it; call it once, in the service's wiring. */
export const createRuntime = (): Runtime => {
  const { service } = processEnvironment(baseEnvironment);
  const functionName = process.env.AWS_LAMBDA_FUNCTION_NAME ?? service;
  return runtimeOf(service, functionName, createXrayTracing(functionName));
};

export interface TaskRuntime extends Runtime {
  /** Runs what belongs to a caller's trace; without one it is not traced. */
  inTrace<T>(traceparent: string | undefined, run: () => Promise<T>): Promise<T>;
}

/** What a container's program has around it: the same, but that it works for several callers at once, each with its trace. */
export const createTaskRuntime = (): TaskRuntime => {
  const { service, prefix } = processEnvironment(baseEnvironment);
  const traces = new AsyncLocalStorage<string | undefined>();
  const name = `${prefix}-${service}-task`;
  const { AWS_XRAY_DAEMON_ADDRESS: daemon, AWS_REGION: region } = process.env;
  const send = daemon === undefined && region !== undefined ? createXrayApi(region) : sendToDaemon;
  const tracing = createXrayTracing(name, () => traces.getStore(), send);
  return {
    ...runtimeOf(service, name, tracing),
    inTrace: (traceparent, run) => traces.run(xrayOfTraceparent(traceparent), run),
  };
};
