import { instanceHealthChangedV1 } from '../../events/contracts/registry/instance-health-changed.v1.ts';
import type { ServiceMessages } from '../kernel/messages/service-messages.ts';

export const registryMessages = {
  publishes: [instanceHealthChangedV1],
} as const satisfies ServiceMessages;
