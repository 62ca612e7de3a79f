import { accept, type Decider, type Decision } from '../../kernel/stores/decider.ts';
import { never } from '../../kernel/values/never.ts';
import type { Payment, PaymentCommand, PaymentEvent } from './payment.ts';

const initialState: Payment = { kind: 'none' };

const startCapture = (
  { details, hasToken, nowMs }: Extract<PaymentCommand, { type: 'StartCapture' }>,
  payment: Payment,
): Decision<PaymentEvent> => {
  if (payment.kind !== 'none') return accept();
  return accept(hasToken ? { type: 'CaptureStarted', details, startedAtMs: nowMs } : { type: 'TokenGone', details });
};

const decide = (command: PaymentCommand, payment: Payment): Decision<PaymentEvent> => {
  switch (command.type) {
    case 'StartCapture':
      return startCapture(command, payment);
    case 'SettleCapture': {
      if (payment.kind !== 'capturing') return accept();
      const { outcome } = command;
      return outcome.kind === 'captured'
        ? accept({ type: 'PaymentCaptured', chargeId: outcome.chargeId })
        : accept({ type: 'PaymentDeclined' });
    }
    case 'StartRefund':
      return payment.kind === 'none' || payment.kind === 'declined'
        ? accept({ type: 'PaymentRefunded', details: command.details, refunded: 0 })
        : accept();
    case 'SettleRefund':
      return payment.kind === 'captured'
        ? accept({ type: 'PaymentRefunded', details: payment.details, refunded: payment.details.amount.amount })
        : accept();
    default:
      return never(command);
  }
};

const evolve = (payment: Payment, event: PaymentEvent): Payment => {
  switch (event.type) {
    case 'CaptureStarted':
      return { kind: 'capturing', details: event.details, startedAtMs: event.startedAtMs };
    case 'TokenGone':
      return { kind: 'declined', details: event.details, because: 'token_gone' };
    case 'PaymentCaptured':
      return payment.kind === 'capturing'
        ? { kind: 'captured', details: payment.details, chargeId: event.chargeId }
        : payment;
    case 'PaymentDeclined':
      return payment.kind === 'capturing' ? { kind: 'declined', details: payment.details } : payment;
    case 'PaymentRefunded':
      return { kind: 'refunded', details: event.details, refunded: event.refunded };
    default:
      return never(event);
  }
};

export const paymentDecider: Decider<PaymentCommand, PaymentEvent, Payment> = { initialState, decide, evolve };
