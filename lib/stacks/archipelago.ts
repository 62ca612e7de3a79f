import type { App } from 'aws-cdk-lib';
import type { Stage } from '../config/stage.ts';
import { CatalogStack } from './catalog-stack.ts';
import { GatewayStack } from './gateway-stack.ts';
import { GatewayStageStack } from './gateway-stage-stack.ts';
import { NotificationsStack } from './notifications-stack.ts';
import { OrdersStack } from './orders-stack.ts';
import { PaymentProviderStack } from './payment-provider-stack.ts';
import { PaymentsStack } from './payments-stack.ts';
import { PlatformStack } from './platform-stack.ts';
import { RegistryStack } from './registry-stack.ts';
import { UsersStack } from './users-stack.ts';

export interface ArchipelagoProps {
  readonly stage: Stage;
  /** Absolute path of the folder in which `build/<service>.<function>` holds the bundles. */
  readonly root: string;
}

/** The services behind the gateway; each registers itself and is deployed by itself. */
const SERVICES = {
  users: UsersStack,
  catalog: CatalogStack,
  orders: OrdersStack,
  payments: PaymentsStack,
  notifications: NotificationsStack,
  registry: RegistryStack,
};

/** Every stack of one stage. The functions must have been bundled, with the gateway's files. */
export const buildArchipelago = (app: App, props: ArchipelagoProps): void => {
  const platform = new PlatformStack(app, props);
  const { issuer, clientId } = platform.identity;
  const { api } = new GatewayStack(app, { ...props, issuer, clientId, services: Object.keys(SERVICES) });
  const stage = new GatewayStageStack(app, { ...props, api });
  if (props.stage.paymentProvider === 'stand-in') new PaymentProviderStack(app, props);
  for (const ServiceStack of Object.values(SERVICES)) {
    stage.addStackDependency(new ServiceStack(app, { ...props, api, namespaceId: platform.namespaceId }));
  }
};
