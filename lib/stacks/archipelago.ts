import type { App } from 'aws-cdk-lib';
import type { Stage } from '../config/stage.ts';
import { GatewayStageStack } from './gateway/gateway-stage-stack.ts';
import { GatewayStack } from './gateway-stack.ts';
import { NetworkStack } from './network-stack.ts';
import { PaymentProviderStack } from './payment-provider-stack.ts';
import { PlatformStack } from './platform-stack.ts';
import { servicesOf } from './stage-services.ts';

export interface ArchipelagoProps {
  readonly stage: Stage;
  /** Absolute path of the folder in which `build/<service>.<function>` holds the bundles. */
  readonly root: string;
}

/** Every stack of one stage. The functions must have been bundled, with the gateway's files. */
export const buildArchipelago = (app: App, props: ArchipelagoProps): void => {
  const platform = new PlatformStack(app, props);
  const { issuer, clientId } = platform.identity;
  const own = servicesOf(props.stage);
  const names = own.map(({ name }) => name);
  const network = props.stage.search === 'off' ? undefined : new NetworkStack(app, props).network;
  const { api } = new GatewayStack(app, { ...props, issuer, clientId, services: names });
  const stage = new GatewayStageStack(app, { ...props, api });
  if (props.stage.paymentProvider === 'stand-in') new PaymentProviderStack(app, props);
  for (const { Stack } of own) {
    stage.addStackDependency(new Stack(app, { ...props, api, namespaceId: platform.namespaceId, network }));
  }
};
