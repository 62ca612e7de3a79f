import { createDynamoTable } from '../adapters/aws/dynamo-table.ts';
import { delay } from '../adapters/node/delay.ts';
import { createRuntime, processEnvironment } from '../adapters/runtime.ts';
import { paymentProviderEnvironment } from './environment.ts';

export const runtime = createRuntime();

export const provider = { table: createDynamoTable(processEnvironment(paymentProviderEnvironment)), delay };
