import type { Construct } from 'constructs';
import { ServiceApi } from '../../../../lib/constructs/api/service-api.ts';
import { ServiceRegistration } from '../../../../lib/constructs/calls/service-registration.ts';
import { ServiceFunction } from '../../../../lib/constructs/functions/service-function.ts';
import { EventSubscription } from '../../../../lib/constructs/messages/event-subscription.ts';
import { ServiceTable } from '../../../../lib/constructs/tables/service-table.ts';
import { grantKeepingCursorKeys } from '../../../../lib/constructs/tables/table-grants.ts';
import { TaskService } from '../../../../lib/constructs/tasks/task-service.ts';
import { forConsumer, forRoute } from '../../../../lib/stacks/function-sizes.ts';
import type { ContainerStackProps } from '../../../../lib/stacks/registered-stack.ts';
import { ServiceStack } from '../../../../lib/stacks/service-stack.ts';
import { sampleItemsApi } from '../../functions/sample-items/api.contract.ts';
import {
  askingEnvironment,
  sampleItemsEnvironment,
  TASK_NAME,
  taskEnvironment,
} from '../../functions/sample-items/environment.ts';
import { sampleItemsMessages } from '../../functions/sample-items/messages.contract.ts';

const PORT = 50_051;

/** A caller may find a task for as long as its record lives and it is remembered: 5 s each, and as long again. */
const DRAIN_SECONDS = 20;
const STOP_SECONDS = 40;

/** Sample items: a table that events fill, tasks that hold it in memory, and the function that asks them. */
export class SampleItemsStack extends ServiceStack {
  constructor(scope: Construct, { api, namespaceId, network, size, ...props }: ContainerStackProps) {
    super(scope, 'sample-items', props);
    const { owner } = this;
    const table = new ServiceTable(this, 'Table', { owner, indexed: true });
    const { tableName } = table;

    const tasks = new TaskService(this, 'Tasks', {
      owner,
      network,
      size,
      name: TASK_NAME,
      port: PORT,
      environment: {
        contract: taskEnvironment,
        values: { tableName, host: '0.0.0.0', port: PORT, drainSeconds: DRAIN_SECONDS },
      },
      stopSeconds: STOP_SECONDS,
    });
    tasks.allow(['dynamodb:Query'], [`${table.table.tableArn}/index/gsi1`]);
    grantKeepingCursorKeys(table.table, tasks);

    const environment = { contract: sampleItemsEnvironment, values: { tableName } };
    const consumer = new ServiceFunction(this, 'note-entry', { owner, environment, ...forConsumer(props.stage) });
    table.grantCommand(consumer, ['PRODUCT#*']);
    new EventSubscription(this, 'Changes', { owner, events: sampleItemsMessages.subscribes, consumer });

    const securityGroup = tasks.admitCallers(this, 'Callers');
    const asking = new ServiceFunction(this, 'list-entries', {
      owner,
      environment: { contract: askingEnvironment, values: { taskNamespace: network.namespace.name } },
      network: { vpc: network.vpc, securityGroup },
      ...forRoute,
    });
    new ServiceApi(this, 'Routes', { api, contract: sampleItemsApi, functions: { 'list-entries': asking } });
    new ServiceRegistration(this, 'Registration', { owner, namespaceId, url: api.endpoint });
  }
}
