import { createDynamoTable } from '../adapters/aws/dynamo-table.ts';
import { createParameters } from '../adapters/aws/parameters.ts';
import { plainTransport } from '../adapters/node/http-post.ts';
import { pause } from '../adapters/node/pause.ts';
import { createRuntime, processEnvironment } from '../adapters/runtime.ts';
import { createCircuitBreaker } from '../kernel/calls/circuit-breaker.ts';
import { baseEnvironment } from '../kernel/values/environment.ts';
import type { PaymentDeps } from './commands/decide-payment.ts';
import { paymentsEnvironment } from './environment.ts';
import { createProviderClient } from './provider/provider-client.ts';

export { wireOwnQueue } from '../adapters/aws/own-queue.ts';
export { wireRelay } from '../adapters/relay-ports.ts';

export const runtime = createRuntime();

/** Open for less than a call's budget, so that a call which finds it open still sends the probe. */
const BREAKER = { threshold: 6, openMs: 2_000 };

export const wireTable = () => createDynamoTable(processEnvironment(paymentsEnvironment));

const wireProvider = () => {
  const { clock, random, log, tracing } = runtime;
  const { prefix } = processEnvironment(baseEnvironment);
  const parameters = createParameters();
  const url = async () => (await parameters(`/${prefix}/payment-provider/url`)).replace(/\/$/, '');
  const breaker = createCircuitBreaker(clock, BREAKER);
  return createProviderClient({ clock, random, log, tracing, pause, transport: plainTransport, breaker, url });
};

export const wirePayments = (): PaymentDeps => ({
  table: wireTable(),
  provider: wireProvider(),
  clock: runtime.clock,
});
