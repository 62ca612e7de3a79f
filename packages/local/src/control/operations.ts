import { waitForQuiet } from '../runtime/quiet.ts';
import { clockOperation } from './clock-operation.ts';
import { type ControlOperation, ControlRefusal } from './control-operation.ts';
import { credentialsOperation } from './credentials-operation.ts';
import { faultsOperations } from './faults-operation.ts';
import { resourcesOperation } from './inspect-operations.ts';
import { invokeOperation } from './invoke-operation.ts';
import { journalOperation } from './journal-operation.ts';
import { permissionsOperation } from './permissions-operation.ts';
import { queuesOperations } from './queue-operations.ts';
import { tablesOperation } from './tables-operation.ts';
import { taskOperations } from './task-operations.ts';
import { tokenOperation } from './token-operation.ts';

const LONGEST_WAIT_MS = 10 * 60_000;

const quiesceOperation: ControlOperation = {
  method: 'POST',
  run: async ({ world }, { timeoutMs = 10_000 }) => {
    if (typeof timeoutMs !== 'number' || !(timeoutMs >= 0 && timeoutMs <= LONGEST_WAIT_MS)) {
      throw new ControlRefusal(400, `timeoutMs is a number of milliseconds from 0 to ${LONGEST_WAIT_MS}`);
    }
    const report = await waitForQuiet(world, timeoutMs);
    return { status: report.quiet ? 200 : 409, body: report };
  },
};

/** By the path segment after /control/. */
export const CONTROL_OPERATIONS: Readonly<Record<string, ControlOperation | readonly ControlOperation[]>> = {
  token: tokenOperation,
  credentials: credentialsOperation,
  quiesce: quiesceOperation,
  clock: clockOperation,
  invoke: invokeOperation,
  tables: tablesOperation,
  tasks: taskOperations,
  events: journalOperation('events'),
  invocations: journalOperation('invocations'),
  traces: journalOperation('traces'),
  logs: journalOperation('logs'),
  calls: journalOperation('calls'),
  requests: journalOperation('requests'),
  deliveries: journalOperation('deliveries'),
  queues: queuesOperations,
  faults: faultsOperations,
  resources: resourcesOperation,
  permissions: permissionsOperation,
};
