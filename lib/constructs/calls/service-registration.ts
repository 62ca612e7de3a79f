import { CfnInstance, CfnService } from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import { ALIAS } from '../../config/names.ts';
import type { Owner } from '../owner.ts';

export interface ServiceRegistrationProps {
  readonly owner: Owner;
  readonly namespaceId: string;
  /** Where the service answers: its internal API, or the gateway's for a service that has none. */
  readonly url: string;
}

/**
 * The service's entry in the registry, and the one instance that a deployment puts there. It says how to reach the
 * service; leases that come and go are the registry service's business.
 */
export class ServiceRegistration extends Construct {
  constructor(scope: Construct, id: string, { owner, namespaceId, url }: ServiceRegistrationProps) {
    super(scope, id);
    const service = new CfnService(this, 'Service', {
      name: owner.service,
      namespaceId,
      type: 'HTTP',
      // Without it Cloud Map ignores the health filter of DiscoverInstances.
      healthCheckCustomConfig: {},
    });
    const instanceId = `${owner.service}-${ALIAS}`;
    new CfnInstance(this, 'Instance', {
      serviceId: service.ref,
      instanceId,
      instanceAttributes: {
        id: instanceId,
        origin: 'deploy',
        alias: ALIAS,
        url,
        AWS_INIT_HEALTH_STATUS: 'HEALTHY',
      },
    });
  }
}
