import type { Cause } from '../../kernel/messages/message.ts';
import type { RecordingTools } from '../../kernel/messages/recording.ts';
import type { Loaded } from '../../kernel/stores/aggregate.ts';
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
 * Returns the payment as it is after the command, which begins with `known` if that is given. A copy of a command finds the payment settled and is answered again from
 * its state, which never moves back and is never removed: no inbox is needed.
 */
export const decidePayment = async (
  deps: PaymentDeps,
  orderId: string,
  command: PaymentCommand,
  cause: Cause,
  known?: Loaded<Payment>,
): Promise<Loaded<Payment>> => {
  const { state, version } = await handleCommand({
    aggregate: stateOf(deps.table, paymentAggregate, orderId),
    known,
    command: () => command,
    publish: (change) => paymentMessages(change, command, cause, deps),
  });
  return { state, version };
};
