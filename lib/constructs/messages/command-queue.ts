import type { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { MessageContract } from '../../../functions/kernel/messages/contract.ts';
import { kebabName } from '../../../functions/kernel/messages/queue-name.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { Owner } from '../owner.ts';
import { ConsumedQueue } from './consumed-queue.ts';

export interface CommandQueueProps {
  readonly owner: Owner;
  /** The versions of one command of this service. */
  readonly command: MessageContract;
  readonly consumer: ServiceFunction;
  /** Where the command holds a secret, and is sent again until it is answered. */
  readonly secretsLast?: Duration | undefined;
}

/** Takes one kind of command from the relays of the services that send it. */
export class CommandQueue extends Construct {
  constructor(scope: Construct, id: string, { owner, command, consumer, secretsLast }: CommandQueueProps) {
    super(scope, id);
    if (command.kind !== 'command' || command.service !== owner.service) {
      throw new Error(`${command.type} is not a command that ${owner.service} takes`);
    }
    const name = kebabName(command.type);
    if (consumer.name !== name) throw new Error(`${command.type} is handled by ${name}, not by ${consumer.name}`);
    new ConsumedQueue(this, 'Queue', { owner, what: name, consumer, secretsLast });
  }
}
