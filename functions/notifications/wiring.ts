import { createDynamoTable } from '../adapters/aws/dynamo-table.ts';
import { createRuntime, processEnvironment } from '../adapters/runtime.ts';
import { recordingSender } from './domain/sender.ts';
import { notificationsEnvironment } from './environment.ts';

export { wireOwnQueue } from '../adapters/aws/own-queue.ts';

export const runtime = createRuntime();

export const wireNotifications = () => ({
  table: createDynamoTable(processEnvironment(notificationsEnvironment)),
  sender: recordingSender,
  clock: runtime.clock,
});
