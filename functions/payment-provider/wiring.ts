import { createDynamoTable } from '../adapters/aws/dynamo-table.ts';
import { pause } from '../adapters/node/pause.ts';
import { createRuntime, processEnvironment } from '../adapters/runtime.ts';
import { paymentProviderEnvironment } from './environment.ts';

export const runtime = createRuntime();

export const wirePaymentProvider = () => ({
  table: createDynamoTable(processEnvironment(paymentProviderEnvironment)),
  delay: pause,
});
