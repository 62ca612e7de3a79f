import { catalogApi } from '../../functions/catalog/api.contract.ts';
import { gatewayApi } from '../../functions/gateway/api.contract.ts';
import type { ApiContract } from '../../functions/kernel/messages/contract.ts';
import { notificationsApi } from '../../functions/notifications/api.contract.ts';
import { ordersApi } from '../../functions/orders/api.contract.ts';
import { paymentsApi } from '../../functions/payments/api.contract.ts';
import { registryApi } from '../../functions/registry/api.contract.ts';
import { usersApi } from '../../functions/users/api.contract.ts';

/** Every contract that the shared API serves: its document, its scopes and its throttles all come from here. */
export const apis: readonly ApiContract[] = [
  gatewayApi,
  usersApi,
  catalogApi,
  ordersApi,
  paymentsApi,
  notificationsApi,
  registryApi,
];
