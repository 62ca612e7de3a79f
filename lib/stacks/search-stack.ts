import type { Construct } from 'constructs';
import { searchApi } from '../../functions/search/api.contract.ts';
import {
  askingEnvironment,
  searchEnvironment,
  TASK_NAME,
  taskEnvironment,
} from '../../functions/search/environment.ts';
import { searchMessages } from '../../functions/search/messages.contract.ts';
import { ServiceApi } from '../constructs/api/service-api.ts';
import { ServiceRegistration } from '../constructs/calls/service-registration.ts';
import { ServiceFunction } from '../constructs/functions/service-function.ts';
import { EventSubscription } from '../constructs/messages/event-subscription.ts';
import { ServiceTable } from '../constructs/tables/service-table.ts';
import { grantKeepingCursorKeys } from '../constructs/tables/table-grants.ts';
import { TaskService } from '../constructs/tasks/task-service.ts';
import { forConsumer, forRoute, forSchedule } from './function-sizes.ts';
import type { ContainerStackProps } from './registered-stack.ts';
import { ServiceStack } from './service-stack.ts';

const PORT = 50_051;

/** A caller may find a task for as long as its record lives and it is remembered: 5 s each, and as long again. */
const DRAIN_SECONDS = 20;
const STOP_SECONDS = 40;

/** Products by words: a table that events fill, tasks that hold an index of it, and the function that asks them. */
export class SearchStack extends ServiceStack {
  constructor(scope: Construct, { api, namespaceId, network, size, ...props }: ContainerStackProps) {
    super(scope, 'search', props);
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

    const environment = { contract: searchEnvironment, values: { tableName } };
    const consumer = new ServiceFunction(this, 'note-changes', { owner, environment, ...forConsumer(props.stage) });
    new EventSubscription(this, 'Changes', { owner, events: searchMessages.subscribes, consumer });
    const backfill = new ServiceFunction(this, 'backfill', { owner, environment, ...forSchedule });
    for (const writer of [consumer, backfill]) table.grantCommand(writer, ['PRODUCT#*']);

    const securityGroup = tasks.admitCallers(this, 'Callers');
    const asking = new ServiceFunction(this, 'search-products', {
      owner,
      environment: { contract: askingEnvironment, values: { taskNamespace: network.namespace.name } },
      network: { vpc: network.vpc, securityGroup },
      ...forRoute,
    });
    new ServiceApi(this, 'Routes', { api, contract: searchApi, functions: { 'search-products': asking } });
    new ServiceRegistration(this, 'Registration', { owner, namespaceId, url: api.endpoint });
  }
}
