import type { Construct } from 'constructs';
import { notificationsApi } from '../../functions/notifications/api.contract.ts';
import { notificationsEnvironment } from '../../functions/notifications/environment.ts';
import { notificationsMessages } from '../../functions/notifications/messages.contract.ts';
import { ServiceApi } from '../constructs/api/service-api.ts';
import { ServiceRegistration } from '../constructs/calls/service-registration.ts';
import { ServiceFunction } from '../constructs/functions/service-function.ts';
import { EventSubscription } from '../constructs/messages/event-subscription.ts';
import { ServiceTable } from '../constructs/tables/service-table.ts';
import { forConsumer, forRoute } from './function-sizes.ts';
import type { RegisteredStackProps } from './registered-stack.ts';
import { ServiceStack } from './service-stack.ts';

/** What customers were sent about their orders. It publishes nothing, so its table needs no stream. */
export class NotificationsStack extends ServiceStack {
  constructor(scope: Construct, { api, namespaceId, ...props }: RegisteredStackProps) {
    super(scope, 'notifications', props);
    const { owner } = this;
    const table = new ServiceTable(this, 'Table', { owner });
    const environment = { contract: notificationsEnvironment, values: { tableName: table.tableName } };

    const list = new ServiceFunction(this, 'list-notifications', {
      owner,
      environment,
      ...forRoute,
    });
    table.grantQuery(list);
    new ServiceApi(this, 'Routes', { api, contract: notificationsApi, functions: { 'list-notifications': list } });

    const notify = new ServiceFunction(this, 'notify', {
      owner,
      environment,
      ...forConsumer(props.stage),
    });
    table.grantCommand(notify, ['ORDER#*']);
    new EventSubscription(this, 'Outcomes', { owner, events: notificationsMessages.subscribes, consumer: notify });
    new ServiceRegistration(this, 'Registration', { owner, namespaceId, url: api.endpoint });
  }
}
