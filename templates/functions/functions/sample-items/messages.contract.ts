import { userErasedV1 } from '../../../../events/contracts/users/user-erased.v1.ts';
import type { ServiceMessages } from '../../../../functions/kernel/messages/service-messages.ts';
import { sampleItemSavedV1 } from '../../events/contracts/sample-items/sample-item-saved.v1.ts';

export const sampleItemsMessages = {
  publishes: [sampleItemSavedV1],
  subscribes: [userErasedV1],
} as const satisfies ServiceMessages;
