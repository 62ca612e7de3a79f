import { productChangedV1 } from '../../../../events/contracts/catalog/product-changed.v1.ts';
import type { ServiceMessages } from '../../../../functions/kernel/messages/service-messages.ts';

export const sampleItemsMessages = {
  subscribes: [productChangedV1],
} as const satisfies ServiceMessages;
