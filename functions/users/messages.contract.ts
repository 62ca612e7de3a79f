import { userErasedV1 } from '../../events/contracts/users/user-erased.v1.ts';
import { userProfileChangedV1 } from '../../events/contracts/users/user-profile-changed.v1.ts';
import { userRegisteredV1 } from '../../events/contracts/users/user-registered.v1.ts';
import type { ServiceMessages } from '../kernel/messages/service-messages.ts';

export const usersMessages = {
  publishes: [userRegisteredV1, userProfileChangedV1, userErasedV1],
} as const satisfies ServiceMessages;
