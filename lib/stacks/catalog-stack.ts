import type { Construct } from 'constructs';
import { catalogApi } from '../../functions/catalog/api.contract.ts';
import { catalogEnvironment } from '../../functions/catalog/environment.ts';
import { catalogMessages } from '../../functions/catalog/messages.contract.ts';
import { kebabName } from '../../functions/kernel/messages/queue-name.ts';
import { ServiceApi } from '../constructs/api/service-api.ts';
import { grantVerifyTokens, INTERNAL_API, InternalApi } from '../constructs/calls/internal-api.ts';
import { ServiceRegistration } from '../constructs/calls/service-registration.ts';
import { ServiceFunction } from '../constructs/functions/service-function.ts';
import { CommandQueue } from '../constructs/messages/command-queue.ts';
import { ServiceTable } from '../constructs/tables/service-table.ts';
import { forConsumer, forInternalApi, forRoute } from './function-sizes.ts';
import type { RegisteredStackProps } from './registered-stack.ts';
import { ServiceStack } from './service-stack.ts';

/** Products, prices, stock and what orders hold of it. */
export class CatalogStack extends ServiceStack {
  constructor(scope: Construct, { api, namespaceId, ...props }: RegisteredStackProps) {
    super(scope, 'catalog', props);
    const { owner } = this;
    const table = new ServiceTable(this, 'Table', { owner, indexed: true, streamed: true });
    const environment = { contract: catalogEnvironment, values: { tableName: table.tableName } };
    const route = (name: string) => new ServiceFunction(this, name, { owner, environment, ...forRoute });

    const functions = {
      'put-product': route('put-product'),
      'adjust-stock': route('adjust-stock'),
      'list-products': route('list-products'),
      'get-product': route('get-product'),
    };
    table.grantCommand(functions['put-product'], ['PRODUCT#*']);
    table.grantQuery(functions['put-product']);
    table.grantQuery(functions['adjust-stock']);
    table.grantCommand(functions['adjust-stock'], ['IDEMPOTENCY#*']);
    table.grantAdjust(functions['adjust-stock']);
    table.grantCheck(functions['adjust-stock']);
    table.grantReadIndex(functions['list-products']);
    table.grantCursorKeys(functions['list-products']);
    table.grantQuery(functions['get-product']);
    new ServiceApi(this, 'Routes', { api, contract: catalogApi, functions });

    for (const command of catalogMessages.accepts) {
      const name = kebabName(command.type);
      const consumer = new ServiceFunction(this, name, { owner, environment, ...forConsumer(props.stage) });
      table.grantCommand(consumer, ['RESERVATION#*']);
      table.grantAdjust(consumer);
      new CommandQueue(this, `${name}-queue`, { owner, command, consumer });
    }

    const internal = { owner, environment, ...forInternalApi };
    const internalApi = new ServiceFunction(this, INTERNAL_API, internal);
    table.grantGet(internalApi);
    grantVerifyTokens(internalApi, owner);
    const { url } = new InternalApi(this, 'Internal', { target: internalApi });

    this.addOutbox(table, catalogMessages);
    new ServiceRegistration(this, 'Registration', { owner, namespaceId, url });
  }
}
