import type { JsonObject } from '../../kernel/values/json.ts';
import type { CancellationReason } from '../domain/order.ts';

/** Why an order was cancelled, and who asked for it where a person did. The reasons of the contract are a closed list. */
export const cancellationShown = (reason: CancellationReason): JsonObject => {
  if (reason === 'operator') return { cancelledBy: 'operator' };
  return reason === 'customer' ? { reason, cancelledBy: 'customer' } : { reason };
};
