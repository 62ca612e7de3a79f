import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { kebabName } from '../../functions/kernel/messages/queue-name.ts';
import { paymentsApi } from '../../functions/payments/api.contract.ts';
import { paymentsEnvironment } from '../../functions/payments/environment.ts';
import { paymentsMessages } from '../../functions/payments/messages.contract.ts';
import { providerUrlParameter } from '../config/names.ts';
import { ServiceApi } from '../constructs/api/service-api.ts';
import { ServiceRegistration } from '../constructs/calls/service-registration.ts';
import { ServiceFunction } from '../constructs/functions/service-function.ts';
import { CommandQueue } from '../constructs/messages/command-queue.ts';
import { ServiceTable } from '../constructs/tables/service-table.ts';
import { forConsumer, forRoute } from './function-sizes.ts';
import type { RegisteredStackProps } from './registered-stack.ts';
import { ServiceStack } from './service-stack.ts';

/** Payments and refunds, through a provider outside. */
export class PaymentsStack extends ServiceStack {
  constructor(scope: Construct, { api, namespaceId, ...props }: RegisteredStackProps) {
    super(scope, 'payments', props);
    const { owner } = this;
    const table = new ServiceTable(this, 'Table', { owner, streamed: true });
    const environment = { contract: paymentsEnvironment, values: { tableName: table.tableName } };

    const list = new ServiceFunction(this, 'list-payments', {
      owner,
      environment,
      ...forRoute,
    });
    table.grantGet(list);
    new ServiceApi(this, 'Routes', { api, contract: paymentsApi, functions: { 'list-payments': list } });

    const providerUrl = this.formatArn({
      service: 'ssm',
      resource: `parameter${providerUrlParameter(props.stage.prefix)}`,
    });
    // CapturePayment brings a payment token. An order asks again by itself until its patience ends, so none is missed.
    const [capture] = paymentsMessages.accepts;
    const tokensLast = Duration.seconds(props.stage.orders.patienceSeconds);
    for (const command of paymentsMessages.accepts) {
      const name = kebabName(command.type);
      const consumer = new ServiceFunction(this, name, { owner, environment, ...forConsumer(props.stage) });
      table.grantCommand(consumer, ['PAYMENT#*']);
      consumer.allow(['ssm:GetParameter'], [providerUrl]);
      const secretsLast = command === capture ? tokensLast : undefined;
      new CommandQueue(this, `${name}-queue`, { owner, command, consumer, secretsLast });
    }

    this.addOutbox(table, paymentsMessages);
    new ServiceRegistration(this, 'Registration', { owner, namespaceId, url: api.endpoint });
  }
}
