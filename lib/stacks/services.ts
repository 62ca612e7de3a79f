import { catalogApi } from '../../functions/catalog/api.contract.ts';
import { notificationsApi } from '../../functions/notifications/api.contract.ts';
import { ordersApi } from '../../functions/orders/api.contract.ts';
import { paymentsApi } from '../../functions/payments/api.contract.ts';
import { registryApi } from '../../functions/registry/api.contract.ts';
import { searchApi } from '../../functions/search/api.contract.ts';
import { usersApi } from '../../functions/users/api.contract.ts';
import { CatalogStack } from './catalog-stack.ts';
import { NotificationsStack } from './notifications-stack.ts';
import { OrdersStack } from './orders-stack.ts';
import { PaymentsStack } from './payments-stack.ts';
import { RegistryStack } from './registry-stack.ts';
import { SearchStack } from './search-stack.ts';
import { UsersStack } from './users-stack.ts';

/** The services behind the gateway; each registers itself and is deployed by itself. Written by `npm run services`. */
export const services = {
  catalog: { api: catalogApi, Stack: CatalogStack },
  notifications: { api: notificationsApi, Stack: NotificationsStack },
  orders: { api: ordersApi, Stack: OrdersStack },
  payments: { api: paymentsApi, Stack: PaymentsStack },
  registry: { api: registryApi, Stack: RegistryStack },
  search: { api: searchApi, ContainerStack: SearchStack },
  users: { api: usersApi, Stack: UsersStack },
};
