import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ServiceMessages } from '../../functions/kernel/messages/service-messages.ts';
import { outboxEnvironment } from '../../functions/kernel/values/outbox-environment.ts';
import { stackName } from '../config/names.ts';
import type { Stage } from '../config/stage.ts';
import { ServiceFunction } from '../constructs/functions/service-function.ts';
import { OutboxRelay } from '../constructs/messages/outbox-relay.ts';
import type { Owner } from '../constructs/owner.ts';
import type { ServiceTable } from '../constructs/tables/service-table.ts';
import { forSchedule, forStream } from './function-sizes.ts';

export interface ServiceStackProps {
  readonly stage: Stage;
  readonly root: string;
}

/** One deployable unit, which owns everything a service is made of. */
export class ServiceStack extends Stack {
  protected readonly owner: Owner;

  constructor(scope: Construct, service: string, { stage, root }: ServiceStackProps, unit = service) {
    const name = stackName(stage.prefix, unit);
    super(scope, name, {
      stackName: name,
      tags: { service, system: stage.prefix },
      terminationProtection: stage.data.deletionProtection,
      analyticsReporting: false,
    });
    this.owner = { stage, service, root };
  }

  /** The two functions through which the messages of a streamed table leave. */
  protected addOutbox(
    { table, tableName }: Pick<ServiceTable, 'table' | 'tableName'>,
    messages: ServiceMessages,
  ): void {
    const { owner } = this;
    const environment = { contract: outboxEnvironment, values: { outboxTableName: tableName } };
    const relay = new ServiceFunction(this, 'relay', { owner, environment, ...forStream });
    const resend = new ServiceFunction(this, 'resend', { owner, environment, ...forSchedule });
    new OutboxRelay(this, 'Outbox', { owner, table, relay, resend, messages });
  }
}
