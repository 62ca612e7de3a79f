import type { Construct } from 'constructs';
import { ServiceApi } from '../../../../lib/constructs/api/service-api.ts';
import { ServiceRegistration } from '../../../../lib/constructs/calls/service-registration.ts';
import { ServiceFunction } from '../../../../lib/constructs/functions/service-function.ts';
import { EventSubscription } from '../../../../lib/constructs/messages/event-subscription.ts';
import { ServiceTable } from '../../../../lib/constructs/tables/service-table.ts';
import { forConsumer, forRoute } from '../../../../lib/stacks/function-sizes.ts';
import type { RegisteredStackProps } from '../../../../lib/stacks/registered-stack.ts';
import { ServiceStack } from '../../../../lib/stacks/service-stack.ts';
import { sampleItemsApi } from '../../functions/sample-items/api.contract.ts';
import { sampleItemsEnvironment } from '../../functions/sample-items/environment.ts';
import { sampleItemsMessages } from '../../functions/sample-items/messages.contract.ts';

/** Sample items, a list for each user. */
export class SampleItemsStack extends ServiceStack {
  constructor(scope: Construct, { api, namespaceId, ...props }: RegisteredStackProps) {
    super(scope, 'sample-items', props);
    const { owner } = this;
    const table = new ServiceTable(this, 'Table', { owner, streamed: true });
    const environment = { contract: sampleItemsEnvironment, values: { tableName: table.tableName } };
    const route = (name: string) => new ServiceFunction(this, name, { owner, environment, ...forRoute });

    const functions = {
      'save-sample-item': route('save-sample-item'),
      'get-sample-item': route('get-sample-item'),
      'list-sample-items': route('list-sample-items'),
    };
    table.grantCommand(functions['save-sample-item'], ['USER#*']);
    table.grantGet(functions['get-sample-item']);
    table.grantQuery(functions['list-sample-items']);
    table.grantCursorKeys(functions['list-sample-items']);
    new ServiceApi(this, 'Routes', { api, contract: sampleItemsApi, functions });

    const forgetUser = new ServiceFunction(this, 'forget-user', { owner, environment, ...forConsumer(props.stage) });
    table.grantQuery(forgetUser);
    table.grantCommand(forgetUser, ['USER#*']);
    const events = sampleItemsMessages.subscribes;
    new EventSubscription(this, 'Subscription', { owner, events, consumer: forgetUser });

    this.addOutbox(table, sampleItemsMessages);
    new ServiceRegistration(this, 'Registration', { owner, namespaceId, url: api.endpoint });
  }
}
