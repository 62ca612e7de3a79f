import { productChangedV1 } from '../../events/contracts/catalog/product-changed.v1.ts';
import { stockChangedV1 } from '../../events/contracts/catalog/stock-changed.v1.ts';
import type { ServiceMessages } from '../kernel/messages/service-messages.ts';

export const searchMessages = {
  subscribes: [productChangedV1, stockChangedV1],
} as const satisfies ServiceMessages;
