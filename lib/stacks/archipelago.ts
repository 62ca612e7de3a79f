import type { App } from 'aws-cdk-lib';
import type { Stage } from '../config/stage.ts';
import { GatewayStageStack } from './gateway/gateway-stage-stack.ts';
import { GatewayStack } from './gateway-stack.ts';
import { NetworkStack } from './network-stack.ts';
import { PaymentProviderStack } from './payment-provider-stack.ts';
import { PlatformStack } from './platform-stack.ts';
import { containerStacksOf, functionStacks, serviceNamesOf } from './stage-services.ts';

export interface ArchipelagoProps {
  readonly stage: Stage;
  /** Absolute path of the folder in which `build/<service>.<function>` holds the bundles. */
  readonly root: string;
}

/** Every stack of one stage. The functions must have been bundled, with the gateway's files. */
export const buildArchipelago = (app: App, props: ArchipelagoProps): void => {
  const platform = new PlatformStack(app, props);
  const { issuer, clientId } = platform.identity;
  const inContainers = containerStacksOf(props.stage);
  const network = inContainers.length === 0 ? undefined : new NetworkStack(app, props).network;
  const { api } = new GatewayStack(app, { ...props, issuer, clientId, services: serviceNamesOf(props.stage) });
  const stage = new GatewayStageStack(app, { ...props, api });
  if (props.stage.paymentProvider === 'stand-in') new PaymentProviderStack(app, props);
  const given = { ...props, api, namespaceId: platform.namespaceId };
  for (const Stack of functionStacks) stage.addStackDependency(new Stack(app, given));
  if (network === undefined) return;
  for (const { ContainerStack, size } of inContainers)
    stage.addStackDependency(new ContainerStack(app, { ...given, network, size }));
};
