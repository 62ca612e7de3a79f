import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { stackName } from '../config/names.ts';
import type { Stage } from '../config/stage.ts';
import type { Owner } from '../constructs/owner.ts';

export interface ServiceStackProps {
  readonly stage: Stage;
  readonly root: string;
}

/** One deployable unit, which owns everything a service is made of. */
export class ServiceStack extends Stack {
  protected readonly owner: Owner;

  constructor(scope: Construct, service: string, { stage, root }: ServiceStackProps, unit = service) {
    const name = stackName(stage.prefix, unit);
    super(scope, name, {
      stackName: name,
      tags: { service, system: stage.prefix },
      terminationProtection: stage.data.deletionProtection,
      analyticsReporting: false,
    });
    this.owner = { stage, service, root };
  }
}
