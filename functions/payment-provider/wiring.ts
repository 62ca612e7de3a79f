import { delay } from '../aws/delay.ts';
import { createDynamoTable } from '../aws/dynamo-table.ts';
import { createRuntime, processEnvironment } from '../aws/runtime.ts';
import { paymentProviderEnvironment } from './environment.ts';

export const runtime = createRuntime();

export const provider = { table: createDynamoTable(processEnvironment(paymentProviderEnvironment)), delay };
