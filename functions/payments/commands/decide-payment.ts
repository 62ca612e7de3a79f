import { causedBy, type Message } from '../../kernel/messages/message.ts';
import type { RecordingTools } from '../../kernel/messages/recording.ts';
import { epochSeconds } from '../../kernel/ports/clock.ts';
import { handleCommand } from '../../kernel/stores/command-handler.ts';
import { inboxWrite } from '../../kernel/stores/inbox.ts';
import { stateOf } from '../../kernel/stores/state-store.ts';
import type { Table } from '../../kernel/stores/table.ts';
import type { Payment, PaymentCommand } from '../domain/payment.ts';
import type { PaymentProvider } from '../domain/payment-provider.ts';
import { paymentAggregate } from '../rows/payment-rows.ts';
import { paymentMessages } from './payment-messages.ts';

export interface PaymentDeps extends RecordingTools {
  readonly table: Table;
  readonly provider: PaymentProvider;
}

/** The message being handled. The commit that answers it carries an inbox row for it and this kind of answer. */
export interface Handling {
  readonly consumer: 'capture-payment' | 'refund-payment';
  readonly message: Pick<Message, 'metadata'>;
}

/** Returns the payment as it is after the command. */
export const decidePayment = async (
  deps: PaymentDeps,
  orderId: string,
  command: PaymentCommand,
  handling: Handling,
): Promise<Payment> => {
  const { consumer, message } = handling;
  const outcome = await handleCommand({
    aggregate: stateOf(deps.table, paymentAggregate, orderId),
    command: () => command,
    publish: (change) => paymentMessages(change, command, causedBy(message), deps),
    also: (_change, published) => {
      const [answer] = published;
      if (answer === undefined) return [];
      const inbox = inboxWrite(`${consumer}-${answer.message.type}`, message, epochSeconds(deps.clock.now()));
      return [{ write: inbox, whenRefused: 'duplicate' }];
    },
  });
  return outcome.state;
};
