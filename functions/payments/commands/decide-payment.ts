import type { Cause } from '../../kernel/messages/message.ts';
import type { RecordingTools } from '../../kernel/messages/recording.ts';
import { handleCommand } from '../../kernel/stores/command-handler.ts';
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

/**
 * Returns the payment as it is after the command. A copy of a command finds the payment settled and is answered again from
 * its state, which never moves back and is never removed: no inbox is needed.
 */
export const decidePayment = async (
  deps: PaymentDeps,
  orderId: string,
  command: PaymentCommand,
  cause: Cause,
): Promise<Payment> => {
  const outcome = await handleCommand({
    aggregate: stateOf(deps.table, paymentAggregate, orderId),
    command: () => command,
    publish: (change) => paymentMessages(change, command, cause, deps),
  });
  return outcome.state;
};
