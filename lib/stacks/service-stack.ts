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
import { type FunctionSize, forSchedule, forStream } from './function-sizes.ts';

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

  /** The two functions through which the messages of a streamed table leave; `make` for those that read more than it. */
  protected addOutbox(
    { table, tableName }: Pick<ServiceTable, 'table' | 'tableName'>,
    messages: ServiceMessages,
    make = (name: string, size: FunctionSize): ServiceFunction => {
      const environment = { contract: outboxEnvironment, values: { outboxTableName: tableName } };
      return new ServiceFunction(this, name, { owner: this.owner, environment, ...size });
    },
  ): readonly ServiceFunction[] {
    const relay = make('relay', forStream);
    const resend = make('resend', forSchedule);
    new OutboxRelay(this, 'Outbox', { owner: this.owner, table, relay, resend, messages });
    return [relay, resend];
  }
}
