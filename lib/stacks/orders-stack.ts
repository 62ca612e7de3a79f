import type { Construct } from 'constructs';
import { ordersApi } from '../../functions/orders/api.contract.ts';
import { ordersEnvironment, ordersOutboxEnvironment } from '../../functions/orders/environment.ts';
import { ordersMessages } from '../../functions/orders/messages.contract.ts';
import { ServiceApi } from '../constructs/api/service-api.ts';
import { grantAsk } from '../constructs/calls/internal-api.ts';
import { ServiceRegistration } from '../constructs/calls/service-registration.ts';
import { ServiceFunction } from '../constructs/functions/service-function.ts';
import { CommandQueue } from '../constructs/messages/command-queue.ts';
import { EventSubscription } from '../constructs/messages/event-subscription.ts';
import { EventProjection } from '../constructs/tables/event-projection.ts';
import { EventStore } from '../constructs/tables/event-store.ts';
import { SecretTable } from '../constructs/tables/secret-table.ts';
import { ServiceTable } from '../constructs/tables/service-table.ts';
import { type FunctionSize, forConsumer, forNightlyCheck, forRoute, forSchedule, forStream } from './function-sizes.ts';
import { KeptView } from './orders/kept-view.ts';
import { OpenOrdersSweep } from './orders/open-orders-sweep.ts';
import type { RegisteredStackProps } from './registered-stack.ts';
import { ServiceStack } from './service-stack.ts';

/** Event-sourced orders, the saga that fulfils them, and the views of them. */
export class OrdersStack extends ServiceStack {
  constructor(scope: Construct, { api, namespaceId, ...props }: RegisteredStackProps) {
    super(scope, 'orders', props);
    const { owner } = this;
    const events = new EventStore(this, 'Events', { owner });
    const secrets = new SecretTable(this, 'Secrets', { owner });
    const views = new ServiceTable(this, 'Views', { owner, part: 'views', indexed: true, listed: true });
    const environment = {
      contract: ordersEnvironment,
      values: {
        eventTableName: events.tableName,
        vaultTableName: secrets.tableName,
        viewTableName: views.tableName,
        patienceSeconds: props.stage.orders.patienceSeconds,
      },
    };
    const make = (name: string, size: FunctionSize) => new ServiceFunction(this, name, { owner, environment, ...size });

    const functions = {
      'place-order': make('place-order', forRoute),
      'get-order': make('get-order', forRoute),
      'list-orders': make('list-orders', forRoute),
      'get-order-history': make('get-order-history', forRoute),
      'cancel-order': make('cancel-order', forRoute),
    };
    events.grantAppend(functions['place-order'], ['IDEMPOTENCY#*', 'CUSTOMER#*']);
    events.grantReplay(functions['place-order']);
    secrets.grantPut(functions['place-order']);
    for (const query of ordersMessages.asks) grantAsk(functions['place-order'], owner, query);
    events.grantAppend(functions['cancel-order']);
    events.grantLoad(functions['get-order']);
    events.grantLoad(functions['get-order-history']);
    views.grantGet(functions['list-orders']);
    views.grantQuery(functions['list-orders']);
    views.grantReadIndex(functions['list-orders']);
    views.grantCursorKeys(functions['list-orders']);
    new ServiceApi(this, 'Routes', { api, contract: ordersApi, functions });

    const fulfil = make('fulfil', forConsumer(props.stage));
    events.grantAppend(fulfil, ['CUSTOMER#*']);
    secrets.grantPut(fulfil);
    new EventSubscription(this, 'Reports', { owner, events: ordersMessages.subscribes, consumer: fulfil });
    const [deadlines, erasures] = ordersMessages.accepts;
    const checkDeadline = make('check-deadline', forConsumer(props.stage));
    events.grantAppend(checkDeadline);
    new CommandQueue(this, 'Deadlines', { owner, command: deadlines, consumer: checkDeadline });
    const cancelOrders = make('cancel-orders-of-user', forConsumer(props.stage));
    events.grantAppend(cancelOrders, ['CUSTOMER#*']);
    views.grantReadIndex(cancelOrders);
    new CommandQueue(this, 'Erasures', { owner, command: erasures, consumer: cancelOrders });

    const projector = make('project-orders', forStream);
    events.grantLoad(projector);
    new EventProjection(this, 'Projection', { owner, events, views, projector, partitions: ['USER#*'] });

    const sweep = make('sweep-open-orders', forSchedule);
    events.grantAppend(sweep);
    views.grantReadIndex(sweep, 'gsi2');
    new OpenOrdersSweep(this, 'OpenOrders', { owner, sweep });

    const rebuild = make('rebuild-view', forSchedule);
    const check = make('check-view', forNightlyCheck);
    new KeptView(this, 'KeptView', { owner, events, views, rebuild, check });
    const operate = make('operate-orders', forSchedule);
    events.grantAppend(operate);
    views.grantReadIndex(operate, 'gsi2');

    this.addSenders(events, secrets);
    new ServiceRegistration(this, 'Registration', { owner, namespaceId, url: api.endpoint });
  }
  /** A payment token joins its command when that leaves. */
  private addSenders(events: EventStore, secrets: SecretTable): void {
    const { owner } = this;
    const environment = {
      contract: ordersOutboxEnvironment,
      values: { outboxTableName: events.tableName, vaultTableName: secrets.tableName },
    };
    const make = (name: string, size: FunctionSize) => new ServiceFunction(this, name, { owner, environment, ...size });
    for (const sender of this.addOutbox(events, ordersMessages, make)) {
      secrets.grantRead(sender);
      events.grantReadEvent(sender);
    }
  }
}
